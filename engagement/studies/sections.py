"""What a study reached in a time: each app's `report_sections.py` registers its part."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from engagement.metrics import presentation
from engagement.metrics.presentation import Counts, Figure
from engagement.metrics.registry import Metric, Reading, Text
from engagement.people.models import Person
from engagement.studies.models import Study


class Section(NamedTuple):
    """`gaps` are sentences; `reached` are the people on record whom this part reached."""

    key: str
    title: str
    figures: list[Figure]
    gaps: Sequence[str] = ()
    reached: QuerySet[Person] | None = None


# What the methods page calls the figures of a time: each is counted without the meetings
# of groups, or has a base of its own.
CALLED = {
    "readers": "article_readers",
    "new-evidence": "uses",
    "registrations": "event-registrations",
    "attendance": "event-attendance",
}
Make = Callable[[Study, datetime, datetime], Section]
_made_by: list[tuple[int, Make]] = []


def register(position: int, make: Make) -> None:
    """`make` takes the study and the time, its first moment in and its last one out. It
    is called with the reader's language active."""
    _made_by.append((position, make))


def between(study: Study, since: datetime, until: datetime) -> list[Section]:
    """Every section, in order of position."""
    ordered = sorted(_made_by, key=lambda pair: pair[0])
    return [make(study, since, until) for _position, make in ordered]


def called(key: str) -> str:
    """The key of the metric that says what a figure of a section counts."""
    return "reached-bodies" if key.startswith("target-") else CALLED.get(key, key)


def figure(
    key: str,
    title: Text,
    meaning: Text,
    reading: Reading,
    *,
    base_meaning: Text = "",
    rows_title: Text = "",
    people: bool = False,
    counts: Counts | None = None,
) -> Figure:
    """With its base in words; small counts hidden where it counts `people`. `counts` are
    what may be told of it where that was found out with more. Where nothing was found
    there is no range."""
    if reading.at_most == 0:
        reading = replace(reading, at_most=None)
    metric = Metric(
        key=key,
        position=0,
        title=title,
        meaning=meaning,
        measure=lambda _id: reading,
        base_meaning=base_meaning,
        rows_title=rows_title,
        counts_people=people,
    )
    page = f"{reverse('metrics:methods')}#{called(key)}"
    return presentation.figure(metric, reading, counts)._replace(definition=page)
