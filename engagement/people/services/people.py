from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.people.models import Affiliation, Person


def find_or_create(
    *,
    by: User | None,
    email: str,
    name: str,
    language: str,
    sector: str = "",
    function: str = "",
) -> Person:
    """The person with this address, whatever its capitals; made when there is none.

    Somebody known keeps the name and the post on record: a form that anybody may fill
    in must not change what the team knows.
    """
    with transaction.atomic():
        if known := Person.objects.filter(email__iexact=email).first():
            return known
        # Two forms sent at once: the second finds what the first made.
        person, new = Person.objects.get_or_create(
            email=email.lower(), defaults={"name": name, "language": language}
        )
        if not new:
            return person
        if sector or function:
            Affiliation.objects.create(
                person=person, stated_sector=sector, function=function
            )
        entries.record(by=by, action="person.created", target=person)
    return person
