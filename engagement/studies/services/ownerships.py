"""Who stands for a study. Rows are begun and ended, never overwritten; a role that is
vacant or has changed hands is a risk that somebody sees to."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.people.models import Person
from engagement.people.services import affiliations, people
from engagement.studies.models import Ownership, Study
from engagement.studies.services import risks

# What a succession knows a role by; filling it settles it.
OWNERSHIP = "studies.ownership"


class Taken(Refused):
    """Somebody has the role on that day, or has been given it later."""


class NobodyKnown(Refused):
    """There is no person with this address."""


class BeforeItBegan(Refused):
    """It cannot end before it began."""


def begin(
    *,
    by: User | None,
    study: Study,
    role: str,
    started_on: date,
    email: str = "",
    post_en: str = "",
    post_cy: str = "",
) -> Ownership:
    """From a day; whoever has the role then hands it over on that day.

    Raises Taken, NobodyKnown or people.Gone.
    """
    person = _person(email)
    with transaction.atomic():
        if person is not None:
            person = people.locked(person)
        study = Study.objects.select_for_update().get(pk=study.pk)
        rows = study.ownerships.filter(role=role)
        had = rows.filter(started_on__lt=started_on).exists()
        _hand_over(by, study, role, started_on)
        row = Ownership(study=study, role=role, person=person, started_on=started_on)
        row.post_en, row.post_cy = post_en, post_cy
        row.save()
        entries.record(by=by, action="ownership.begun", target=row)
        risks.filled(by=by, study=study, role=role, on=started_on)
        if had:
            risks.changed(by=by, study=study, role=role, on=started_on)
    return row


def end(*, by: User | None, ownership: Ownership, on: date | None = None) -> None:
    """As of today, or of any day; a second time changes nothing. Nobody is in the role
    from then on, which is a risk. Raises BeforeItBegan."""
    on = on or timezone.localdate()
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=ownership.study_id)
        row = study.ownerships.filter(pk=ownership.pk, ended_on=None).first()
        if row is None:
            return
        _end(by, row, on)
        risks.vacant(by=by, study=study, role=row.role, on=on)


def leave(*, by: User | None, ownership: Ownership) -> None:
    """As of today, or of no day at all where it has not begun."""
    on = max(timezone.localdate(), ownership.started_on)
    end(by=by, ownership=ownership, on=on)


def _person(email: str) -> Person | None:
    """Raises NobodyKnown."""
    if not email:
        return None
    if (person := people.find(email)) is None:
        raise NobodyKnown(_("Nobody on record has this e-mail address."))
    return person


def _hand_over(by: User | None, study: Study, role: str, on: date) -> None:
    rows = study.ownerships.filter(role=role)
    if (
        rows.filter(started_on__gte=on).exists()
        or rows.filter(ended_on__gt=on).exists()
    ):
        raise Taken(_("Somebody had this role on that day, or after it."))
    for row in rows.filter(ended_on=None):
        _end(by, row, on)
        affiliations.settle_about(by=by, target_kind=OWNERSHIP, target_id=row.pk)


def _end(by: User | None, row: Ownership, on: date) -> None:
    if on < row.started_on:
        raise BeforeItBegan(_("It began later than this."))
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    entries.record(by=by, action="ownership.ended", target=row)
