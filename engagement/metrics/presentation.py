"""Metrics in words: each with its base, what it means, and small counts hidden."""

from typing import Literal, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.metrics import disclosure, registry
from engagement.metrics.registry import Metric, Reading
from engagement.metrics.words import count_or_hidden, hidden_note, number, percent

# A count; None where it is hidden; "" where there is none.
Told = int | Literal[""] | None


class Counts(NamedTuple):
    """What may be told of a reading. `rows` are those of the breakdown."""

    value: Told = ""
    base: Told = ""
    at_most: Told = ""
    rows: tuple[int | None, ...] = ()

    @property
    def hides(self) -> bool:
        return None in (self.value, self.base, self.at_most, *self.rows)


class Figure(NamedTuple):
    """`hides` says that something small is not shown, so that the page can say why."""

    key: str
    title: str
    value: str
    base: str
    meaning: str
    chart: charts.Chart | None
    hides: bool
    counts: Counts = Counts()
    # Where it is defined, "" where nowhere; whether there is a list of what was counted.
    definition: str = ""
    has_rows: bool = False


def figures(study_id: int) -> list[Figure]:
    """Every metric of a study, in the reader's language."""
    page = reverse("metrics:methods")
    return [
        figure(metric, reading)._replace(
            definition=f"{page}#{metric.key}",
            has_rows=metric.rows is not None,
        )
        for metric, reading in registry.for_study(study_id)
    ]


def figure(metric: Metric, reading: Reading, counts: Counts | None = None) -> Figure:
    """One of them; also of what is no study, as an event. `counts` are given where more
    stands beside it that sums tie to it, and all of that was protected together."""
    if counts is None:
        counts = told(reading) if metric.counts_people else all_of(reading)
    return Figure(
        key=metric.key,
        title=str(metric.title),
        value=_value(counts),
        base=_base(metric, counts),
        meaning=str(metric.meaning),
        chart=_chart(metric, reading, counts),
        hides=counts.hides,
        counts=counts,
    )


def all_of(reading: Reading) -> Counts:
    base: Told = "" if reading.base is None else reading.base
    most: Told = "" if reading.at_most is None else reading.at_most
    return Counts(reading.value, base, most, tuple(row.value for row in reading.rows))


def told(reading: Reading) -> Counts:
    """To those who are signed in. The rows, the value, its base and the rest of the base
    are one table; so is the upper end of a range, with what the base leaves of it."""
    counts, sums = _tied(reading)
    found = disclosure.protect_sums(counts, sums, fewest=_fewest(), dear=["value"])
    most: Told = found.get("most", "")
    return Counts(
        # Of what is at most a few, the lower end is no more.
        value=None if most is None else found["value"],
        base=found.get("base", ""),
        at_most=most,
        rows=tuple(found[f"row {n}"] for n in range(len(reading.rows))),
    )


def _fewest() -> int:
    return disclosure.threshold(public=False)


def _tied(
    reading: Reading,
) -> tuple[dict[str, int], list[tuple[str, list[str]]]]:
    """Its counts by name, and the sums that tie them."""
    rows = {f"row {n}": row.value for n, row in enumerate(reading.rows)}
    counts, sums = {"value": reading.value, **rows}, []
    # Those that are in no row, as whose sector is not known.
    others = reading.value - sum(rows.values())
    if rows and others >= 0:
        counts["others"] = others
        sums.append(("value", [*rows, "others"]))
    if reading.at_most is not None:
        counts["most"] = reading.at_most
    if reading.base is not None:
        counts["base"] = reading.base
        for part in ("value", "most"):
            if part in counts and counts[part] <= reading.base:
                counts[f"not {part}"] = reading.base - counts[part]
                sums.append(("base", [part, f"not {part}"]))
    return counts, sums


def _value(counts: Counts) -> str:
    value, most = counts.value, counts.at_most
    if not isinstance(most, int):
        return count_or_hidden(None if value == "" else value)
    if not isinstance(value, int):
        return _("at most %(high)s") % {"high": number(most)}
    words = {"low": number(value), "high": number(most)}
    return _("at least %(low)s, at most %(high)s") % words


def _base(metric: Metric, counts: Counts) -> str:
    """The denominator, and the share where there is one. Every record is counted, so
    there is no sampling error to show."""
    value, base, most = counts.value, counts.base, counts.at_most
    if base == "":
        return _("A count of every record; there is no base.")
    words = {"base": count_or_hidden(base), "meaning": metric.base_meaning}
    if not base or not isinstance(value, int):
        return _("Base: %(base)s. %(meaning)s") % words
    words["share"] = percent(value, base, places=1)
    if not isinstance(most, int):
        return _("%(share)s of a base of %(base)s. %(meaning)s") % words
    words["most"] = percent(most, base, places=1)
    return _("%(share)s to %(most)s of a base of %(base)s. %(meaning)s") % words


def _chart(metric: Metric, reading: Reading, counts: Counts) -> charts.Chart | None:
    """None where there is nothing to show."""
    if not counts.rows or {counts.value, *counts.rows} == {None}:
        return None
    bars = [
        charts.Bar(row.label, count, count_or_hidden(count))
        for row, count in zip(reading.rows, counts.rows, strict=True)
    ]
    note = hidden_note(_fewest()) if None in counts.rows else ""
    return charts.bars(str(metric.rows_title), note, bars)
