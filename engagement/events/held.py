"""Events that were held in a time, and who came to them: by event and by sector, of which
the crossing is not told. All of it is protected together."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from engagement.events import counted
from engagement.events.models import Event, Registration
from engagement.metrics import disclosure
from engagement.people.models import Sector
from engagement.studies.models import Study

# Events that are told one by one: a page of a report; the site has them all.
MOST = 20

# What was counted, and the key of an event or a sector; "" is all, "others" the rest.
Name = tuple[str, int | str]
Counts = dict[Name, int]
Sums = list[tuple[Name, list[Name]]]


class Held(NamedTuple):
    """The latest first. `shown` is None where a count is hidden: of "placed", "came" and
    "away", each of an event or of all; and of "sector"."""

    events: list[Event]
    sectors: list[str]
    shown: Mapping[Name, int | None]


def of(study: Study, since: datetime, until: datetime) -> Held:
    """For those inside. The group's own meetings are left out: that the group met is no
    reach."""
    events = list(_events(study, since, until)[:MOST])
    expected = counted.without_meetings(counted.expected(study.pk, (since, until)))
    rows = (
        expected.order_by()
        .values_list("sector")
        .annotate(placed=Count("pk"), came=Count("attendance"))
    )
    by_sector = {key: (placed, came) for key, placed, came in rows}
    placed, came = (sum(pair[n] for pair in by_sector.values()) for n in (0, 1))
    counts = _by_event(events, placed, came)
    sums = _sums(counts)
    sectors: Counts = {("sector", key): pair[1] for key, pair in by_sector.items()}
    sums.append((("came", ""), [*sectors]))
    shown = disclosure.protect_sums(
        counts | sectors,
        sums,
        fewest=disclosure.threshold(public=False),
        # Who came, before how many places that was out of.
        dear=[name for name in counts if name[0] == "came"],
    )
    return Held(events, [one for one in Sector if sectors.get(("sector", one))], shown)


def _events(study: Study, since: datetime, until: datetime) -> QuerySet[Event]:
    placed = Q(registrations__state=Registration.State.PLACE)
    came = placed & Q(registrations__attendance__isnull=False)
    return (
        Event.objects.for_study(study)
        .filter(
            status=Event.Status.HELD,
            starts_at__gte=since,
            starts_at__lt=until,
        )
        .exclude(kind=Event.Kind.MEETING)
        .order_by("-starts_at", "-pk")
        .annotate(
            placed=Count("registrations", filter=placed),
            came=Count("registrations", filter=came),
        )
    )


def _by_event(events: list[Event], placed: int, came: int) -> Counts:
    """Who had a place and did not come is told by the other two, so it is one of them."""
    counts: Counts = {("placed", ""): placed, ("came", ""): came}
    for event in events:
        counts["placed", event.pk] = event.placed  # type: ignore[attr-defined]
        counts["came", event.pk] = event.came  # type: ignore[attr-defined]
    for name in ("placed", "came"):
        told = sum(counts[name, event.pk] for event in events)
        counts[name, "others"] = counts[name, ""] - told
    for _placed, at in [name for name in counts if name[0] == "placed"]:
        counts["away", at] = counts["placed", at] - counts["came", at]
    return counts


def _sums(counts: Counts) -> Sums:
    """Across each event, and down each column."""
    sums: Sums = []
    for name in ("placed", "came", "away"):
        parts = [(of, at) for of, at in counts if of == name and at != ""]
        sums.append(((name, ""), parts))
    for _placed, at in [name for name in counts if name[0] == "placed"]:
        sums.append((("placed", at), [("came", at), ("away", at)]))
    return sums
