"""How long somebody was there: stays joined into one, and cut to the event's time."""

from collections.abc import Iterable
from datetime import datetime

from engagement.events.models import Event

Stay = tuple[datetime, datetime]


def within(event: Event, stay: Stay) -> Stay | None:
    """The part of it at the event, or None; an event without an end has none here."""
    began, ended = stay
    if event.starts_at:
        began = max(began, event.starts_at)
    if event.ends_at:
        ended = min(ended, event.ends_at)
    return (began, ended) if began < ended else None


def union(stays: Iterable[Stay]) -> list[Stay]:
    """In order and without overlaps: who is there with two devices is there once."""
    joined: list[Stay] = []
    for began, ended in sorted(stays):
        if joined and began <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ended))
        else:
            joined.append((began, ended))
    return joined


def minutes(stays: Iterable[Stay]) -> int:
    """Of the union, to the nearest minute; whoever was there at all has one."""
    seconds = sum((end - begin).total_seconds() for begin, end in union(stays))
    return max(1, int(seconds / 60 + 0.5)) if seconds else 0


def as_json(stays: Iterable[Stay]) -> list[list[str]]:
    return [[begin.isoformat(), end.isoformat()] for begin, end in stays]


def from_json(rows: Iterable[Iterable[str]]) -> list[Stay]:
    return [
        (datetime.fromisoformat(begin), datetime.fromisoformat(end))
        for begin, end in rows
    ]
