"""The usage that a report is about: one line for each thing and set of attributes.

COUNTER counts people, so these are the lower ends of our ranges: what may have been a
person is left out, as robots are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils import translation

from engagement.metrics import items
from engagement.metrics.counter.asking import Asked
from engagement.metrics.counter.reports import METRICS
from engagement.metrics.items import Item
from engagement.metrics.services import readership
from engagement.metrics.services.readership import Figures

# {metric type: {first day of the month: count}}
Performance = dict[str, dict[date, int]]
UNKNOWN = Item(title="", address="", data_type="Unspecified")
# A year that nobody knows (4.4, YOP).
NO_YEAR = "0001"


class Line(NamedTuple):
    """`kind` and `number` are None in a report on the platform."""

    kind: str | None
    number: int | None
    item: Item | None
    attributes: dict[str, str]
    performance: Performance


def lines(asked: Asked) -> list[Line]:
    """In the order of titles, or of data types."""
    found = [one for one in _of_items(asked) if _is_asked(asked, one)]
    if asked.report.is_of_items:
        shown = ("Data_Type", *asked.attributes)
        return [_with(asked, line, shown) for line in found]
    return _of_platform(asked, found)


def _of_items(asked: Asked) -> Iterator[Line]:
    """One for each item with usage, in English as data are."""
    usage = readership.by_month(items.kinds(), asked.first, asked.last)
    by_item: dict[tuple[str, int], dict[date, Figures]] = defaultdict(dict)
    for (kind, number, month), figures in usage.items():
        by_item[kind, number][month] = figures
    with translation.override("en"):
        found = _named(by_item)
    for (kind, number), item in sorted(found.items(), key=lambda one: one[1].title):
        performance = _performance(by_item[kind, number])
        if item.is_public and performance:
            yield Line(kind, number, item, _attributes(item), performance)


def _named(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Item]:
    """What is gone keeps its usage, without a name."""
    ids = defaultdict(list)
    for kind, number in keys:
        ids[kind].append(number)
    return {
        (kind, number): found.get(number, UNKNOWN)
        for kind, numbers in ids.items()
        for found in [items.find(kind, numbers)]
        for number in numbers
    }


def _attributes(item: Item) -> dict[str, str]:
    return {
        "Data_Type": item.data_type,
        "YOP": f"{item.published:%Y}" if item.published else NO_YEAR,
        "Access_Type": item.access_type,
        "Access_Method": "Regular",
    }


def _performance(by_month: dict[date, Figures]) -> Performance:
    """No metric that is nought in every month."""
    found: Performance = {}
    for metric in METRICS:
        name = metric.lower().replace("item_", "").removeprefix("total_")
        counts = {m: getattr(one, name).at_least for m, one in by_month.items()}
        if any(counts.values()):
            found[metric] = {month: n for month, n in sorted(counts.items()) if n}
    return found


def _is_asked(asked: Asked, line: Line) -> bool:
    for name in ("Data_Type", "Access_Type", "Access_Method"):
        if line.attributes[name] not in asked.filters.get(
            name, [line.attributes[name]]
        ):
            return False
    years = asked.filters.get("YOP")
    return not years or any(_holds(one, line.attributes["YOP"]) for one in years)


def _holds(years: str, year: str) -> bool:
    first, last = (re.findall(r"\d{4}", years) * 2)[:2]
    return bool(first <= year <= last)


def _with(asked: Asked, line: Line, shown: Iterable[str]) -> Line:
    """With the metrics that were asked for and the attributes that are shown."""
    wanted = asked.filters.get("Metric_Type", METRICS)
    return line._replace(
        attributes={n: line.attributes[n] for n in shown if n in line.attributes},
        performance={m: one for m, one in line.performance.items() if m in wanted},
    )


def _of_platform(asked: Asked, found: Iterable[Line]) -> list[Line]:
    """All items of a data type together."""
    shown = ("Data_Type", *asked.attributes)
    sums: dict[str, Performance] = defaultdict(lambda: defaultdict(dict))
    for line in found:
        for metric, counts in line.performance.items():
            known = sums[line.attributes["Data_Type"]][metric]
            for month, count in counts.items():
                known[month] = known.get(month, 0) + count
    all_of_them = {"Access_Method": "Regular"}
    return [
        _with(
            asked,
            Line(None, None, None, {"Data_Type": kind, **all_of_them}, sums[kind]),
            shown,
        )
        for kind in sorted(sums)
    ]
