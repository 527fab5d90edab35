"""Charts, typed as a small table between ```` ```chart ```` and ```` ``` ````."""

import csv
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.core.charts import Bar

OPEN = re.compile(r"```+ ?chart\s*")
SHUT = re.compile(r"```+\s*")
SETTING = re.compile(r"(title|kind|about):(.*)")
RULE = re.compile(r"[\s|:]*-[\s|:-]*")
FIGURE = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,9})? ?%?")
# What fits into one line of the picture.
MOST_BARS, MOST_LETTERS = 30, 44


class Drawing(NamedTuple):
    """What a chart says. `heads` are those of its two columns, perhaps empty."""

    title: str
    about: str
    heads: tuple[str, str]
    bars: list[Bar]

    @property
    def words(self) -> str:
        """What stands in for the picture where it cannot be seen."""
        return self.about or _("A bar chart; its figures are in the table.")


class Broken(NamedTuple):
    """Why there is no chart, for the writer to read; names the line."""

    why: str


Drawn = Drawing | Broken


class _Wrong(Exception):
    """The number of a line, and what is wrong in it."""


def take(lines: list[str]) -> tuple[list[str], list[Drawn]]:
    """The lines with a mark in place of each chart, and the charts."""
    kept: list[str] = []
    found: list[Drawn] = []
    at = 0
    while at < len(lines):
        if OPEN.fullmatch(lines[at]):
            end = _end(lines, at + 1)
            found.append(_read(lines, at, end))
            kept += ["", f"\x02chart:{len(found) - 1}\x03", ""]
            at = at if end is None else end
        else:
            kept.append(lines[at])
        at += 1
    return kept, found


def svg(drawing: Drawing) -> str:
    return charts.bars(drawing.title, drawing.words, drawing.bars).svg


def _end(lines: list[str], first: int) -> int | None:
    for at in range(first, len(lines)):
        if SHUT.fullmatch(lines[at]):
            return at
        if OPEN.fullmatch(lines[at]):
            return None
    return None


def _read(lines: list[str], at: int, end: int | None) -> Drawn:
    try:
        if end is None:
            raise _Wrong(at + 1, _("no line with ``` ends the chart."))
        numbered = list(enumerate(lines[at + 1 : end], start=at + 2))
        return _drawing(at + 1, [row for row in numbered if row[1].strip()])
    except _Wrong as error:
        line, why = error.args
        words = _("This chart cannot be drawn. Line %(line)s: %(why)s")
        return Broken(words % {"line": line, "why": why})


def _drawing(first: int, lines: list[tuple[int, str]]) -> Drawing:
    settings = {"title": "", "kind": "bar", "about": ""}
    while lines and (match := SETTING.fullmatch(lines[0][1].strip())):
        settings[match.group(1)] = match.group(2).strip()
        if settings["kind"] != "bar":
            raise _Wrong(lines[0][0], _("the kind of chart must be “bar”."))
        lines = lines[1:]
    if not settings["title"]:
        raise _Wrong(first, _("the chart needs a line “title: …”."))
    rows = [(at, _cells(line)) for at, line in lines if not RULE.fullmatch(line)]
    heads = ("", "")
    if rows and len(rows[0][1]) == 2 and not any(map(str.isdigit, rows[0][1][1])):
        heads = (rows[0][1][0], rows[0][1][1])
        rows = rows[1:]
    if not rows:
        raise _Wrong(first, _("the chart has no figures."))
    if len(rows) > MOST_BARS:
        words = _("a chart can have %(most)s bars at most.") % {"most": MOST_BARS}
        raise _Wrong(rows[MOST_BARS][0], words)
    bars = [_bar(at, cells) for at, cells in rows]
    return Drawing(settings["title"], settings["about"], heads, bars)


def _cells(line: str) -> list[str]:
    """The cells of a row, typed with strokes as in Markdown or with commas (CSV)."""
    if "|" in line:
        cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    else:
        cells = next(csv.reader([line], skipinitialspace=True), [])
    return [cell.strip() for cell in cells]


def _bar(at: int, cells: list[str]) -> Bar:
    if len(cells) != 2 or not cells[0]:
        raise _Wrong(at, _("a row is a label and a number: “Councils | 12”."))
    label, shown = cells
    match = FIGURE.fullmatch(shown)
    if match is None:
        words = _("“%(typed)s” is not a number from nought upwards.")
        raise _Wrong(at, words % {"typed": shown})
    if len(label) + len(shown) > MOST_LETTERS:
        words = _("label and number together can have %(most)s letters at most.")
        raise _Wrong(at, words % {"most": MOST_LETTERS})
    number = match.group(1).replace(",", "") + (match.group(2) or "")
    return Bar(label, float(number), shown)
