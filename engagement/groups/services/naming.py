"""A member's consent to be named in public (ADR 0020): theirs alone to give and to take
back, kept in the ledger with the words that they saw."""

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import active, shown
from engagement.core.errors import Refused
from engagement.groups.models import Group
from engagement.people.models import Consent, Person
from engagement.people.queries import last_word_is
from engagement.people.services import consents, people

PURPOSE = Consent.Purpose.MEMBERSHIP
# Goes up with every change of `wording`; the ledger keeps which one was shown.
WORDING_VERSION = "1"


class NobodyKnown(Refused):
    """The account is no person's on record, so there is no name to show."""


def wording(group: Group) -> str:
    """What somebody agrees to, in the reader's language."""
    return _(
        "I agree that the public page of “%(group)s” shows my name beside my seat while I "
        "sit in it. I can take this back at any time, and my name is then no longer shown."
    ) % {"group": shown(group, "name").text}


def say(*, by: User, group: Group, named: bool) -> None:
    """`by` speaks for themselves. The same word again changes nothing, and nothing needs
    taking back that was never given. Raises NobodyKnown or people.Gone."""
    with transaction.atomic():
        person = people.locked(_person(by))
        if named == _agreed(person, group):
            return
        if named:
            consents.give(
                person=person,
                purpose=PURPOSE,
                about=group.slug,
                wording=wording(group),
                wording_version=WORDING_VERSION,
                language=active(),
                source=Consent.Source.FORM,
            )
        else:
            consents.withdraw(
                person=person,
                purpose=PURPOSE,
                about=group.slug,
                source=Consent.Source.FORM,
            )
        entries.record(
            by=by,
            action="group.named_member" if named else "group.unnamed_member",
            target=group,
        )


def _person(user: User) -> Person:
    found = Person.objects.filter(user=user).first()
    if found is None:
        raise NobodyKnown(_("There is no name on record for your account."))
    return found


def _agreed(person: Person, group: Group) -> bool:
    given = last_word_is(Consent.Action.GIVEN, "pk", PURPOSE, group.slug)
    return Person.objects.filter(given, pk=person.pk).exists()
