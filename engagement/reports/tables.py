"""The tables of a report, as they are frozen: page, chart, PDF and export are all made
from these cells, so that they cannot differ, nor tell what another hides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from engagement.metrics.words import number

# A number; words ("" where there is nothing to say); None for what is hidden.
Cell = int | float | str | None
TEXT, COUNT, PERCENT, POINTS = "text", "count", "percent", "points"


@dataclass(frozen=True)
class Column:
    title: str
    unit: str = COUNT


@dataclass(frozen=True)
class Table:
    """The first column is what each row is of. `kind` says how it is drawn: "plain",
    "bars", "ranges", "shares", "rates", "intervals", "heat" or "weeks". `keys` are the
    metrics that the rows are of. `wanted` are the cells of a map, row and column, where somebody is to be reached."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    kind: str = "plain"
    notes: Sequence[str] = ()
    keys: Sequence[str] = ()
    wanted: Sequence[Sequence[int]] = field(default_factory=list)

    def frozen(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def thawed(cls, kept: Mapping[str, Any]) -> "Table":
        columns = [Column(**one) for one in kept["columns"]]
        return cls(**{**kept, "columns": columns})

    @property
    def hides(self) -> bool:
        return any(cell is None for row in self.rows for cell in row)

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What each hidden cell is of: its row and its column."""
        for row in self.rows:
            for column, cell in zip(self.columns, row, strict=True):
                if cell is None:
                    yield str(row[0]), column.title

    def shown(self) -> list[list[str]]:
        """The cells as readers see them."""
        return [
            [
                shown(cell, column.unit)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]


def shown(cell: Cell, unit: str) -> str:
    if cell is None:
        return _("hidden")
    if isinstance(cell, str):
        return cell
    if unit == PERCENT:
        return f"{decimal(cell)}%"
    if unit == POINTS:
        sign = "+" if cell > 0 else "\N{MINUS SIGN}" if cell < 0 else ""
        return f"{sign}{decimal(abs(cell))}"
    return number(int(cell))


def decimal(value: float) -> str:
    """With one place, as readers of either language write it. It was rounded when it was
    frozen."""
    return f"{value:.1f}"


def share(part: int | None, whole: Cell) -> Cell:
    """In per cent, a half rounded up; "" where there is no base."""
    if part is None or not isinstance(whole, int) or not whole:
        return "" if part is not None else None
    # In whole numbers, so that no binary fraction decides about a half.
    return (2000 * part + whole) // (2 * whole) / 10
