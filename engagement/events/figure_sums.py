"""All counts on the page of an event's figures, protected together: each of them is tied
to others by a sum that somebody can do."""

from collections.abc import Mapping
from typing import NamedTuple

from engagement.events import turnout
from engagement.events.models import Event, Invitation, Registration
from engagement.metrics import disclosure

YES = (Invitation.Answer.YES, Invitation.Answer.DEPUTY)
FIELDS = ("sector", "function")
# A count of the whole event, or one of a table: ("came", "sector", "academic").
Name = tuple[str, ...]
Sums = list[tuple[Name, list[Name]]]


class Told(NamedTuple):
    """`shown` is None where a count is hidden; `minutes` the median, of `measured`."""

    shown: Mapping[Name, int | None]
    minutes: int


def of(event: Event) -> Told:
    """For those inside."""
    counts, minutes = _counted(event)
    sums = _sums_of_event(counts)
    for field in FIELDS:
        sums += _by(event, field, counts)
    fewest = disclosure.threshold(public=False)
    return Told(disclosure.protect_sums(counts, sums, fewest=fewest), minutes)


def _counted(event: Event) -> tuple[dict[Name, int], int]:
    came, live = turnout.attended(event), event.registrations.live()
    asked = turnout.invited(event=event)
    walked = came.filter(source=Registration.Source.WALK_IN)
    minutes, measured = turnout.median_minutes(event)
    found = {
        "invited": asked.count(),
        "yes": asked.filter(answer__in=YES).count(),
        "answered": asked.filter(came=True).count(),  # type: ignore[misc]
        "all": event.registrations.count(),
        "live": live.count(),
        "waiting": event.registrations.in_line().count(),
        "came": came.count(),
        "absent": live.filter(attendance=None).count(),
        "deputies": turnout.deputies(came).count(),
        "walk-ins": walked.count(),
        "measured": measured,
    }
    return {(name,): count for name, count in found.items()}, minutes


def _sums_of_event(counts: dict[Name, int]) -> Sums:
    """With what is left of each whole, which is put among the counts."""
    sums: Sums = []

    def split(whole: str, *parts: str) -> None:
        names: list[Name] = [(part,) for part in parts]
        rest = counts[whole,] - sum(counts[name] for name in names)
        counts[whole, "but", *parts] = rest
        sums.append(((whole,), [*names, (whole, "but", *parts)]))

    split("invited", "yes")
    split("invited", "answered")
    split("all", "live", "waiting")
    split("live", "absent")
    for part in ("deputies", "walk-ins", "measured"):
        split("came", part)
    # Who came and has a place no more, beside those who have one and came.
    there: Name = ("live", "but", "absent")
    counts["came", "but", "live"] = counts["came",] - counts[there]
    sums.append((("came",), [there, ("came", "but", "live")]))
    return sums


def _by(event: Event, field: str, counts: dict[Name, int]) -> Sums:
    """Of a table: its rows, and who of each row was invited and stayed away."""
    shares = turnout.shares(event, field)
    sums: Sums = []
    for share in shares:
        asked, there = ("invited", field, share.key), ("answered", field, share.key)
        counts |= {asked: share.invited, there: share.answered}
        counts["came", field, share.key] = share.came
        counts["away", field, share.key] = share.invited - share.answered
        sums.append((asked, [there, ("away", field, share.key)]))
    if shares:
        for whole in ("invited", "answered", "came"):
            sums.append(((whole,), [(whole, field, share.key) for share in shares]))
    return sums
