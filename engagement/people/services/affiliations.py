"""Posts: one is ended, never overwritten, and what went with it needs a successor."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.people import registry
from engagement.people.models import Affiliation, Organisation, Person, Succession
from engagement.people.services import people


class BeforeItBegan(Refused):
    """A post cannot end before it began."""


def begin(
    *,
    by: User | None,
    person: Person,
    organisation: Organisation | None = None,
    organisation_name: str = "",
    stated_sector: str = "",
    function: str = "",
    post: str = "",
    started_on: date | None = None,
) -> Affiliation:
    """The body's sector goes before a stated one, which is kept only where there is no
    body on record. Raises people.Gone."""
    with transaction.atomic():
        row = Affiliation.objects.create(
            person=people.locked(person),
            organisation=organisation,
            organisation_name="" if organisation else organisation_name,
            stated_sector="" if organisation else stated_sector,
            function=function,
            post=post,
            started_on=started_on,
        )
        entries.record(by=by, action="person.post_begun", target=row.person)
    return row


def end(*, by: User | None, affiliation: Affiliation, on: date) -> list[Succession]:
    """What the person holds now, each to find a successor for; a post that has ended
    already stays as it is. Raises BeforeItBegan or people.Gone."""
    with transaction.atomic():
        person = people.locked(affiliation.person)
        row = person.affiliations.filter(pk=affiliation.pk, ended_on=None).first()
        if row is None:
            return []
        if row.started_on and on < row.started_on:
            raise BeforeItBegan(_("The post began later than this."))
        row.ended_on = on
        row.save(update_fields=["ended_on"])
        entries.record(by=by, action="person.post_ended", target=person)
        return [
            raise_for(person, row.organisation, held)
            for held_by in registry.holdings()
            for held in held_by(person.pk)
        ]


def raise_for(
    person: Person, body: Organisation | None, held: registry.Held
) -> Succession:
    """Asks for somebody to take this over; once, while it is open. Whoever calls
    records why."""
    found, _new = Succession.objects.get_or_create(
        person=person,
        target_kind=held.target_kind,
        target_id=held.target_id,
        settled_at=None,
        defaults={
            "organisation": body,
            "what_en": held.what_en[:300],
            "what_cy": held.what_cy[:300],
            "url": held.url,
        },
    )
    return found


def settle(*, by: User | None, succession: Succession) -> None:
    """A successor was found, or none is needed; a second time changes nothing."""
    with transaction.atomic():
        settle_about(
            by=by, target_kind=succession.target_kind, target_id=succession.target_id
        )


def settle_about(*, by: User | None, target_kind: str, target_id: int) -> None:
    """Somebody has taken this over."""
    with transaction.atomic():
        waiting = Succession.objects.select_for_update().filter(
            target_kind=target_kind, target_id=target_id, settled_at=None
        )
        for row in waiting.order_by("pk"):
            row.settled_at = timezone.now()
            row.save(update_fields=["settled_at"])
            entries.record(by=by, action="succession.settled", target=row)
