"""The checklist of a review: made from the data, kept, and held against the one before."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event
from engagement.groups.models import Group, Meeting, Review
from engagement.studies.models import Study
from engagement.studies.reviewing import (
    Line,
    Part,
    Period,
    State,
    both,
    collected,
)

# Where there was no review yet, and nothing says when the study began.
QUARTER = timedelta(days=91)
# What is compared from one review to the next; the other parts are of the time between.
LASTING = (Part.MILESTONES, Part.GAPS, Part.RISKS)


class Checklist(NamedTuple):
    """Each part with its title and lines; what changed since the last review."""

    since: date
    until: date
    parts: list[tuple[str, list[Line]]]
    changes: list[Line]
    is_first: bool


def meetings_for(study: Study) -> QuerySet[Meeting]:
    """Those at which the study can be reviewed, the latest first."""
    off = (Event.Status.CANCELLED, Event.Status.NOT_HELD)
    found = Meeting.objects.filter(
        group__in=Group.objects.steering(study).order_by().values("pk"),
        event__starts_at__isnull=False,
    ).exclude(event__status__in=off)
    return found.select_related("event", "group").order_by("-event__starts_at", "-pk")


def of(review: Review) -> Checklist:
    """As it was kept, or as it would be now."""
    kept = review.checklist or freeze(review)
    lines = {part: list(map(Line.thawed, rows)) for part, rows in kept["parts"].items()}
    return Checklist(
        since=date.fromisoformat(kept["since"]),
        until=date.fromisoformat(kept["until"]),
        parts=[(str(part.label), lines.get(part, [])) for part in Part],
        changes=list(map(Line.thawed, kept["changes"])),
        is_first=kept["is_first"],
    )


def freeze(review: Review, day: date | None = None) -> dict[str, Any]:
    """What `of` reads, fit for JSON; up to `day`, today by default."""
    before = _before(review)
    period = _period(review, before, day or timezone.localdate())
    now = collected(period)
    changes = _changes(before.checklist, now) if before else ()
    return {
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "parts": {part: _frozen(lines) for part, lines in now.items()},
        "changes": _frozen(changes),
        "is_first": before is None,
    }


def _frozen(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [line.frozen() for line in lines]


def _before(review: Review) -> Review | None:
    """The last one that was opened for a meeting."""
    earlier = Review.objects.filter(study=review.study_id, due_on__lt=review.due_on)
    return earlier.exclude(made_at=None).order_by("due_on").last()


def _period(review: Review, before: Review | None, until: date) -> Period:
    since = until - QUARTER
    if before:
        since = date.fromisoformat(before.checklist["until"]) + timedelta(days=1)
    return Period(review.study, min(since, until), until)


def _changes(before: dict[str, Any], now: dict[str, list[Line]]) -> Iterator[Line]:
    """What is new, what moved, and what is gone, of the parts that last."""
    for part in LASTING:
        was = {row["key"]: Line.thawed(row) for row in before["parts"].get(part, [])}
        there = {line.key: line for line in now[part]}
        for key, line in there.items():
            if key not in was:
                yield _said(_("New: %(what)s"), line)
            elif was[key].state != line.state:
                yield _moved(was[key], line)
        for key, line in was.items():
            # What was done then is not news now.
            if key not in there and line.state != State.DONE:
                yield _said(_("No longer so: %(what)s"), line)


def _moved(was: Line, line: Line) -> Line:
    old, new = State(was.state).label, State(line.state).label
    return _said(_("%(what)s: was “%(old)s”, is “%(new)s”"), line, old=old, new=new)


def _said(words: Any, line: Line, **more: Any) -> Line:
    said = both(words, what=(line, "text"), **more)
    return Line(line.key, *said, synthetic=line.synthetic)
