"""Published counts, with the percentage worked out and how sure it is."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.core.bilingual import Shown, shown
from engagement.evidence.models import PublishedFigure
from engagement.metrics.intervals import wilson
from engagement.metrics.words import percent


class Line(NamedTuple):
    """`interval` is "" where everybody was counted: nothing is left to chance."""

    figure: PublishedFigure
    share: str
    interval: str
    bar: charts.Bar


class Question(NamedTuple):
    text: Shown
    base_note: Shown
    source: str
    lines: list[Line]
    chart: charts.Chart


def questions(figures: Iterable[PublishedFigure]) -> Iterator[Question]:
    """One per question, in order. An interval takes those who answered for a random
    sample, which they are not: the page says so."""
    for _question, group in groupby(figures, key=lambda figure: figure.question_en):
        rows = list(group)
        text, lines = shown(rows[0], "question"), [_line(row) for row in rows]
        yield Question(
            text=text,
            base_note=shown(rows[0], "base_note"),
            source=rows[0].source,
            lines=lines,
            chart=charts.bars(text.text, "", [line.bar for line in lines], full=100),
        )


def _line(figure: PublishedFigure) -> Line:
    low, high = wilson(figure.count, figure.base, figure.population)
    share = percent(figure.count, figure.base)
    whisker = (None, None) if low == high else (100 * low, 100 * high)
    return Line(
        figure=figure,
        share=share,
        interval="" if low == high else _range(low, high),
        bar=charts.Bar(
            shown(figure, "answer").text,
            100 * figure.count / figure.base,
            share,
            *whisker,
        ),
    )


def _range(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}
