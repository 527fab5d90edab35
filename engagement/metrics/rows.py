"""The rows behind a figure: exactly what it counted, and how a page or a file tells them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from engagement.core.bilingual import Shown, active
from engagement.metrics.words import number

Text = str | Promise
# As many are looked up at once for a file.
BATCH = 1000


class Link(NamedTuple):
    text: str
    address: str


class Links(NamedTuple):
    links: tuple[Link, ...] = ()


Cell = Text | int | date | datetime | Shown | Links | None


class Line(NamedTuple):
    """`address` is of the row's own page for staff; "" where it has none."""

    cells: Sequence[Cell]
    address: str = ""
    synthetic: bool = False


@dataclass(frozen=True)
class Rows:
    """`find` takes what the metric's `measure` takes and gives a QuerySet in order, or a
    list; the measure counts what it gives, or, where not `counted`, adds it up. `lines`
    makes one of each row of a part of it, under `headings`. `personal` are rows of people,
    for those alone who may see people.
    """

    headings: tuple[Text, ...]
    find: Callable[..., Any]
    lines: Callable[[Sequence[Any]], Iterable[Line]]
    personal: bool = False
    counted: bool = True

    def every_line(self, found: Any) -> Iterator[Line]:
        for part in Paginator(found, BATCH):
            yield from self.lines(list(part.object_list))


class Told(NamedTuple):
    """A cell as a page shows it; `lang` where it is not in the reader's language."""

    text: str
    lang: str = ""
    links: tuple[Link, ...] = ()


def told(cell: Cell) -> Told:
    if isinstance(cell, Shown):
        return Told(cell.text, cell.lang if cell.lang != active() else "")
    if isinstance(cell, Links):
        return Told("", links=cell.links)
    if isinstance(cell, datetime):
        return Told(date_format(timezone.localtime(cell), "DATETIME_FORMAT"))
    if isinstance(cell, date):
        return Told(date_format(cell, "DATE_FORMAT"))
    if isinstance(cell, int):
        return Told(number(cell))
    return Told(_("hidden") if cell is None else str(cell))


def written(cell: Cell) -> str:
    """As a file has it."""
    if isinstance(cell, Shown):
        return cell.text
    if isinstance(cell, Links):
        return "; ".join(link.text for link in cell.links)
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    return _("hidden") if cell is None else str(cell)
