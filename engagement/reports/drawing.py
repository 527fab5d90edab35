"""The chart of a table, drawn from its cells alone."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from engagement.core import chart_lines, chart_maps, charts
from engagement.core.chart_maps import Spot
from engagement.reports.tables import COUNT, PERCENT, Cell, Table, shown


def svg(table: Table) -> SafeString | None:
    """None for a table that has no chart, or nothing to draw."""
    if not table.rows or table.kind not in DRAWN:
        return None
    return DRAWN[table.kind](table)


def _bars(table: Table) -> SafeString:
    rows = [
        charts.Bar(str(row[0]), _number(row[1]), shown(row[1], COUNT))
        for row in table.rows
    ]
    description = _("A bar for each row of the table; hidden counts have none.")
    return charts.bars(table.title, description, rows).svg


def _ranges(table: Table) -> SafeString:
    """To the lower end, with a line on to the upper one."""
    rows = [
        charts.Bar(
            str(row[0]),
            _number(row[1]),
            _of_base([row[0], row[1], row[2], "", ""]),
            # Where both ends are one there is no line.
            None if row[1] == row[2] else _number(row[1]),
            _number(row[2]),
        )
        for row in table.rows
    ]
    description = _(
        "A bar for each row of the table, as long as it is at least, with a line to where it is at most; hidden counts have none."
    )
    return charts.bars(table.title, description, rows).svg


def _shares(table: Table) -> SafeString:
    """Each of its own base, all on one scale up to 100 %; no bar where there is none."""
    rows = [
        charts.Bar(str(row[0]), _number(row[4]), _of_base(row)) for row in table.rows
    ]
    description = _(
        "A bar for each row that has a base: its share of that base, from 0 to 100 per cent."
    )
    return charts.bars(table.title, description, rows, full=100).svg


def _of_base(row: Sequence[Cell]) -> str:
    value = shown(row[1], COUNT)
    if row[1] is None or row[3] == "" or row[3] is None:
        most = shown(row[2], COUNT)
        words = {"low": value, "high": most}
        return value if most in ("", value) else _("%(low)s to %(high)s") % words
    words = {"value": value, "base": shown(row[3], COUNT)}
    told = _("%(value)s of %(base)s") % words
    return f"{told} ({shown(row[4], PERCENT)})" if row[4] != "" else told


def _rates(table: Table) -> SafeString:
    """As `_shares`, of a table without a column for the upper ends of ranges."""
    rows = [
        charts.Bar(
            str(row[0]), _number(row[3]), _of_base([row[0], row[1], "", row[2], row[3]])
        )
        for row in table.rows
    ]
    description = _(
        "A bar for each row that has a base: its share of that base, from 0 to 100 per cent."
    )
    return charts.bars(table.title, description, rows, full=100).svg


def _intervals(table: Table) -> SafeString:
    """As `_rates`, with the ends of each interval."""
    rows = [
        charts.Bar(
            str(row[0]),
            _number(row[3]),
            _of_base([row[0], row[1], "", row[2], row[3]]),
            _number(row[4]),
            _number(row[5]),
        )
        for row in table.rows
    ]
    description = _(
        "A bar for each row: its share of its base, from 0 to 100 per cent, with a line from the lowest to the highest that it may be."
    )
    return charts.bars(table.title, description, rows, full=100).svg


def _map(table: Table) -> SafeString:
    wanted = {(place[0], place[1]) for place in table.wanted}
    rows = [
        (
            str(row[0]),
            [
                Spot(
                    None if cell is None else int(cell or 0),
                    shown(cell, COUNT),
                    (i, j) in wanted,
                )
                for j, cell in enumerate(row[1:], start=1)
            ],
        )
        for i, row in enumerate(table.rows)
    ]
    description = _(
        "Darker cells have more people. Hatched cells are hidden. A red, broken edge: somebody is to be reached there, and nobody was."
    )
    columns = [column.title for column in table.columns[1:]]
    return chart_maps.heat(table.title, description, columns, rows)


def _weeks(table: Table) -> SafeString:
    points = [
        chart_lines.Point(str(row[0]), None if row[1] is None else int(row[1] or 0))
        for row in table.rows
    ]
    description = _(
        "A point for each row of the table; the line has a gap at hidden counts."
    )
    return chart_lines.lines(table.title, description, points)


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


DRAWN = {
    "bars": _bars,
    "ranges": _ranges,
    "shares": _shares,
    "rates": _rates,
    "intervals": _intervals,
    "heat": _map,
    "weeks": _weeks,
}
