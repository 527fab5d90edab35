"""Of a review: milestones, policy changes, whom nobody reached, and risks."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.studies.models import Milestone
from engagement.studies.reviewing import (
    Line,
    Part,
    Period,
    State,
    add,
    both,
    reached,
)


def _milestones(period: Period) -> Iterator[Line]:
    """What was done since, and all that is not done."""
    since = Q(done_on__gte=period.since, done_on__lte=period.until)
    waiting = Q(status=Milestone.Status.DUE)
    for row in period.study.milestones.filter(since | waiting):
        words = "%(title)s (%(note)s)" if row.date_note_en else "%(title)s"
        yield Line(
            f"milestone-{row.pk}",
            *both(words, title=(row, "title"), note=(row, "date_note")),
            state=_state(row, period),
            on=row.done_on or row.due_on,
            synthetic=row.is_synthetic,
        )


def _state(row: Milestone, period: Period) -> State:
    if row.status == Milestone.Status.DONE:
        return State.DONE
    late = row.due_on is not None and row.due_on < period.until
    return State.OVERDUE if late else State.DUE


def _policy(period: Period) -> Iterator[Line]:
    since = period.study.policy_changes.filter(
        on__gte=period.since, on__lte=period.until
    )
    for row in since.order_by("on", "pk"):
        key, synthetic = f"policy-{row.pk}", row.is_synthetic
        yield Line(key, row.text_en, row.text_cy, on=row.on, synthetic=synthetic)


def _unreached(period: Period) -> Iterator[Line]:
    """Whom the study means to reach, and of whose sector nobody was reached."""
    targets = list(period.study.targets.all())
    sectors = reached(period) if targets else set()
    for row in targets:
        if row.sector not in sectors:
            text = both(_("Nobody was reached: %(who)s"), who=(row, "label"))
            yield Line(f"target-{row.pk}", *text, synthetic=row.is_synthetic)


def _risks(period: Period) -> Iterator[Line]:
    """Open on the last day."""
    raised = period.study.risks.filter(raised_at__date__lte=period.until)
    still = Q(closed_at=None) | Q(closed_at__date__gt=period.until)
    for row in raised.filter(still):
        key, synthetic = f"risk-{row.pk}", row.is_synthetic
        on = localdate(row.raised_at)
        yield Line(key, row.text_en, row.text_cy, on=on, synthetic=synthetic)


add(Part.MILESTONES, _milestones)
add(Part.POLICY, _policy)
add(Part.GAPS, _unreached)
add(Part.RISKS, _risks)
