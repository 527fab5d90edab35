"""Who does not want to be counted among a newsletter's readers, by a link in each issue.

The links of their later mails carry no mark. Marks of mails that have left are nobody's,
so of those only the browser that objects can keep its reading out; where reading is kept
by name, nothing more is kept for as long as the objection stands. What is written down is
that they object, not when; the audit trail says when, and not who.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagement.audit.services import entries
from engagement.core import tokens
from engagement.people.models import Person
from engagement.people.services import people, subjects
from newsletters.models import Delivery, Newsletter, Subscription

SCOPE = "objection"
# Each issue brings a new one.
LASTS = timedelta(days=365)


def find(token: str) -> Delivery:
    """The delivery whose link it is. Raises tokens.BadToken."""
    value = tokens.read(SCOPE, token, LASTS)
    found = Delivery.objects.select_related("issue__newsletter", "person")
    if delivery := found.filter(token=value).first():
        return delivery
    raise tokens.BadToken(_("This link is not valid, or is too old."))


def object_to(*, newsletter: Newsletter, person: Person | None) -> None:
    """As often as anybody likes; who has been erased gets nothing more to be counted."""
    with transaction.atomic():
        if _set(newsletter, person, uncounted=True):
            entries.record(by=None, action="newsletter.objected", target=newsletter)


def take_back(*, newsletter: Newsletter, person: Person | None) -> None:
    with transaction.atomic():
        if _set(newsletter, person, uncounted=False):
            entries.record(
                by=None,
                action="newsletter.objection_taken_back",
                target=newsletter,
            )


def stands(newsletter: Newsletter, person: Person | None) -> bool | None:
    """Whether they object; None where there is no subscription to keep it with."""
    if person is None:
        return None
    with suppress(people.Gone):
        theirs = _theirs(newsletter, people.current(person))
        known = list(theirs.values_list("uncounted", flat=True))
        return any(known) if known else None
    return None


def uncounted(newsletter: Newsletter, among: Collection[int]) -> set[int]:
    """Those of these people whose mail carries no mark. Asks the database only for
    newsletters that count."""
    if newsletter.privacy == Newsletter.Privacy.NONE:
        return set()
    # After a merge, the word of either is that of the one they became.
    whose = Q(person__in=among) | Q(person__merged_into__isnull=False)
    rows = Subscription.objects.filter(whose, newsletter=newsletter, uncounted=True)
    found = set()
    for row in rows.select_related("person"):
        with suppress(people.Gone):
            merged = row.person.merged_into_id is not None
            found.add(people.current(row.person).pk if merged else row.person_id)
    return found.intersection(among)


def _set(newsletter: Newsletter, person: Person | None, *, uncounted: bool) -> int:
    """How many rows that changes. Holds the person's row, as a reading does that is
    kept."""
    if person is None:
        return 0
    with suppress(people.Gone):
        theirs = _theirs(newsletter, people.locked(person))
        return theirs.filter(uncounted=not uncounted).update(uncounted=uncounted)
    return 0


def _theirs(newsletter: Newsletter, person: Person) -> QuerySet[Subscription]:
    """With those of whoever was merged into them, which a merge may leave behind."""
    everybody = subjects.of(person).people
    return Subscription.objects.filter(newsletter=newsletter, person__in=everybody)
