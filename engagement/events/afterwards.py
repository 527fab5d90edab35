"""Counts for the pages after an event. Who came, by sector, and what they said of it are
one table, protected together: each page that tells how many came takes it from there."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.events.models import Event, Feedback, Registration
from engagement.metrics import disclosure
from engagement.metrics.intervals import wilson
from engagement.metrics.presentation import Told
from engagement.metrics.words import count_or_hidden, hidden_note, percent
from engagement.people.models import Sector

Useful = Feedback.Useful
GOOD = (Useful.VERY, Useful.QUITE)
# Sectors and answers, each with its count, and beside them:
CAME, ANSWERS, SILENT = "came", "answers", "gave no answer"


class Parts(NamedTuple):
    """`total` people by kind, out of `base`: None where hidden, "" where nobody counted.
    No chart where none of them may be shown.

    `share` is what part of them said the two best of the answers, with its interval.
    """

    total: Told
    base: Told
    chart: charts.Chart | None
    hides: bool
    share: str = ""


class Afterwards(NamedTuple):
    """Who came, by sector; and how useful those found it who answered."""

    came: Parts
    found: Parts


def of(event: Event, *, public: bool) -> Afterwards:
    """For a page that everybody sees, or one for those inside."""
    fewest = disclosure.threshold(public=public)
    shown = _protected(_counted([event])[event.pk], event, fewest)
    came: Told = shown.get(CAME, "")
    sectors = [(str(one.label), shown[one]) for one in Sector if one in shown]
    answers = [(str(one.label), shown[one]) for one in Useful]
    said = _parts(_("How useful it was"), answers, shown[ANSWERS], came, fewest)
    return Afterwards(
        _parts(_("Who came, by sector"), sectors, came, came, fewest),
        said._replace(share=_share(shown, came)),
    )


def totals(events: Iterable[Event]) -> dict[int, Told]:
    """How many came to each, as everybody may know it, by the key of the event."""
    events = list(events)
    fewest, counted = disclosure.threshold(public=True), _counted(events)
    return {
        event.pk: _protected(counted[event.pk], event, fewest).get(CAME, "")
        for event in events
    }


def _counted(events: Iterable[Event]) -> dict[int, dict[str, int]]:
    """The sectors of those who were marked as having come, and all answers, by event."""
    found = {event.pk: dict.fromkeys(Useful.values, 0) for event in events}
    came = Registration.objects.filter(event__in=found, attendance__isnull=False)
    answers = Feedback.objects.filter(event__in=found)
    for rows, field in ((came, "sector"), (answers, "useful")):
        counts = rows.order_by().values_list("event", field)
        for event, value, number in counts.annotate(number=Count("pk")):
            found[event][value] = number
    return found


def _protected(
    counts: dict[str, int], event: Event, fewest: int
) -> dict[str, int | None]:
    """Without CAME where nobody counted. Who came is a head count where no one was
    marked. An answer stays when a mark is taken back, so that there can be more answers
    than people who came: then nothing ties them."""
    sectors = [value for value in counts if value not in Useful.values]
    came = sum(counts[value] for value in sectors)
    answers = sum(counts[value] for value in Useful.values)
    sums = [(ANSWERS, Useful.values)]
    if sectors:
        sums.append((CAME, sectors))
    else:
        came = event.attended_reported or 0
    every = counts | {ANSWERS: answers}
    if sectors or event.attended_reported is not None:
        every[CAME] = came
        if answers <= came:
            every[SILENT] = came - answers
            sums.append((CAME, [ANSWERS, SILENT]))
    return disclosure.protect_sums(every, sums, fewest=fewest)


def _parts(
    title: str,
    found: list[tuple[str, int | None]],
    total: Told,
    base: Told,
    fewest: int,
) -> Parts:
    hides = total is None or any(count is None for _label, count in found)
    if not any(count for _label, count in found):
        return Parts(total, base, None, hides)
    bars = [charts.Bar(label, count, count_or_hidden(count)) for label, count in found]
    note = hidden_note(fewest) if hides else ""
    return Parts(total, base, charts.bars(title, note, bars), hides)


def _share(shown: dict[str, int | None], came: Told) -> str:
    """Nothing where it would tell what is hidden. Of how many could have answered nothing
    is known where there are more answers."""
    answers, good = shown[ANSWERS], [shown[one] for one in GOOD]
    if not answers or None in good:
        return ""
    number = sum(count or 0 for count in good)
    known = came if isinstance(came, int) and came >= answers else None
    low, high = wilson(number, answers, known)
    words = {
        "share": percent(number, answers),
        "low": percent(low),
        "high": percent(high),
    }
    if came == answers:
        return _("Very or quite useful: %(share)s. Everybody answered.") % words
    text = _("Very or quite useful: %(share)s (95%% interval %(low)s to %(high)s).")
    return text % words
