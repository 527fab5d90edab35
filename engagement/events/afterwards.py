"""Counts for the pages after an event: never of fewer than five people."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.events.models import Event, Feedback, Registration
from engagement.metrics.intervals import wilson
from engagement.metrics.suppression import FEWEST, suppress
from engagement.metrics.words import number, percent
from engagement.people.models import Sector

GOOD = (Feedback.Useful.VERY, Feedback.Useful.QUITE)


class Parts(NamedTuple):
    """`total` people by kind, out of `base`; no chart where they are too few to show.

    `share` is what part of them said the two best of the answers, with its interval.
    """

    total: int
    base: int
    chart: charts.Chart | None
    hides: bool
    share: str = ""


def who_came(event: Event) -> Parts:
    """By sector, all who were marked as having come."""
    came = Registration.objects.filter(event=event, attendance__isnull=False)
    found = [(str(Sector(key).label), count) for key, count in came.by_sector()]
    total = sum(count for _label, count in found)
    return _parts(_("Who came, by sector"), found, total)


def usefulness(event: Event, came: int) -> Parts:
    """How useful those found it who answered, out of those who came."""
    counts = dict(
        Feedback.objects.filter(event=event)
        .order_by()
        .values_list("useful")
        .annotate(number=Count("pk"))
    )
    found = [(str(key.label), counts.get(key, 0)) for key in Feedback.Useful]
    parts = _parts(_("How useful it was"), found, came)
    if parts.chart is None or parts.hides:
        return parts
    good = sum(counts.get(key, 0) for key in GOOD)
    return parts._replace(share=_share(good, parts.total, came))


def _parts(title: str, found: Sequence[tuple[str, int]], base: int) -> Parts:
    total = sum(count for _label, count in found)
    if total < FEWEST:
        return Parts(total, base, None, hides=total > 0)
    shown = suppress([count for _label, count in found])
    bars = [
        charts.Bar(label, count, _("hidden") if count is None else number(count))
        for (label, _count), count in zip(found, shown, strict=True)
    ]
    note = _("Counts of fewer than five people are hidden.")
    return Parts(total, base, charts.bars(title, note, bars), hides=None in shown)


def _share(good: int, answers: int, came: int) -> str:
    """Somebody who was not marked may have answered: then nothing is known of how many
    could have."""
    low, high = wilson(good, answers, came if came >= answers else None)
    words = {
        "share": percent(good, answers),
        "low": percent(low),
        "high": percent(high),
    }
    if came == answers:
        return _("Very or quite useful: %(share)s. Everybody answered.") % words
    text = _("Very or quite useful: %(share)s (95%% interval %(low)s to %(high)s).")
    return text % words
