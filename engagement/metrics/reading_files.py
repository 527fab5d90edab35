"""A readership as a table for spreadsheets and as JSON, with the figures of its page."""

from collections.abc import Iterator
from typing import Any

from engagement.core import spreadsheets
from engagement.metrics.items import Item
from engagement.metrics.reading import Part, Readers, Readership
from engagement.metrics.services.readership import PLAIN, RANGES, Figures

COUNTED = [name for name in RANGES if name != "readers"]
HEADINGS = [
    "by",
    "value",
    *(f"{name}_{end}" for name in ("readers", *COUNTED) for end in ("least", "most")),
    *PLAIN,
]


def as_csv(found: Readership) -> bytes:
    """An empty cell is a count of people that is hidden because it is small."""
    return spreadsheets.write("csv", HEADINGS, _rows(found))


def _rows(found: Readership) -> Iterator[list[str]]:
    yield _row("total", "", found.readers, found.figures)
    for by, parts in _breakdowns(found).items():
        for part in parts:
            yield _row(by, str(part.key), part.readers, part.figures)


def _breakdowns(found: Readership) -> dict[str, list[Part]]:
    return {"day": found.days, "language": found.languages, "sector": found.sectors}


def _row(by: str, value: str, readers: Readers, figures: Figures) -> list[str]:
    counts = [n for name in COUNTED for n in getattr(figures, name)]
    plain = [getattr(figures, name) for name in PLAIN]
    people = ["" if count is None else str(count) for count in readers]
    return [by, value, *people, *map(str, [*counts, *plain])]


def as_json(kind: str, item_id: int, item: Item, found: Readership) -> dict[str, Any]:
    """None is a count of people that is hidden because it is small."""
    parts = {
        f"by_{by}": [{by: str(part.key), **_counts(part)} for part in parts]
        for by, parts in _breakdowns(found).items()
    }
    total = Part("", found.figures, found.readers)
    return {
        "kind": kind,
        "id": item_id,
        "title": item.title,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "counted_until": found.until and found.until.isoformat(),
        "total": _counts(total),
        **parts,
    }


def _counts(part: Part) -> dict[str, Any]:
    ranges = {name: getattr(part.figures, name)._asdict() for name in COUNTED}
    plain = {name: getattr(part.figures, name) for name in PLAIN}
    return {"readers": part.readers._asdict(), **ranges, **plain}
