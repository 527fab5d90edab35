"""The shares of two reports, and how far they differ."""

from django.utils.translation import gettext as _

from engagement.core.bilingual import active
from engagement.reports import pages
from engagement.reports.models import Report
from engagement.reports.parts import figures
from engagement.reports.tables import Cell, Table


def table(first: Report, second: Report) -> Table:
    """From what was frozen, so hidden counts stay hidden."""
    old, new = _shares(first), _shares(second)
    keys = [key for key in new if key in old and key in figures.COMPARED]
    rows: list[list[Cell]] = [
        [new[k][0], *_told(new[k]), *_told(old[k]), *_difference(new[k], old[k])]
        for k in keys
    ]
    return Table(
        key="compared",
        title=_("The second report beside the first"),
        columns=figures.comparing(
            _("Number in the second"), _("Base in the second"), _("Share in the second")
        ),
        rows=rows,
        keys=keys,
        notes=[
            _(
                "Where the interval (Newcombe, 95 %) includes 0 there is no clear difference."
            )
        ],
    )


def _shares(report: Report) -> dict[str, list[Cell]]:
    """The rows of the table of steps, by their metrics."""
    for found in pages.tables(report.data[active()]):
        if found.key == "funnel":
            return dict(zip(found.keys, map(list, found.rows), strict=True))
    return {}


def _told(row: list[Cell]) -> list[Cell]:
    return [row[1], row[3], row[4]]


def _difference(new: list[Cell], old: list[Cell]) -> list[Cell]:
    return figures.beside((new[1], new[3]), (old[1], old[3]))
