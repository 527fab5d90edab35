"""The consent ledger: rows are added, never changed."""

from django.db import transaction

from engagement.people.models import Consent, Person
from engagement.people.services import people


def give(
    *,
    person: Person,
    purpose: str,
    about: str,
    wording: str,
    wording_version: str,
    language: str,
    source: str,
    evidence: str = "",
) -> Consent:
    """`about` names what it is for, `wording` is the sentence agreed to, as shown.

    Raises people.Gone where the person was erased meanwhile.
    """
    with transaction.atomic():
        return Consent.objects.create(
            person=people.locked(person),
            purpose=purpose,
            about=about,
            action=Consent.Action.GIVEN,
            wording=wording,
            wording_version=wording_version,
            language=language,
            source=source,
            evidence=evidence,
        )


def withdraw(
    *, person: Person, purpose: str, about: str, source: str, evidence: str = ""
) -> Consent:
    """Taken back; what was agreed to before stays in the ledger. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        return Consent.objects.create(
            person=person,
            purpose=purpose,
            about=about,
            action=Consent.Action.WITHDRAWN,
            language=person.language,
            source=source,
            evidence=evidence,
        )
