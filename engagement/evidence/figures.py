"""Published counts, with the percentage worked out and how sure it is."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import number_format

from engagement.core import charts
from engagement.core.bilingual import shown
from engagement.evidence.models import PublishedFigure
from engagement.metrics.intervals import wilson

# Who could have answered the survey of 2011: 253 asked, 29 undeliverable (footnote 2).
POPULATION = 224


class Line(NamedTuple):
    figure: PublishedFigure
    share: str
    low: str
    high: str


class Question(NamedTuple):
    text: str
    base_note: str
    source: str
    lines: list[Line]
    chart: charts.Chart


def questions(figures: Iterable[PublishedFigure]) -> Iterator[Question]:
    """One per question, in order; the interval takes the answers for a random sample of
    POPULATION, which they are not: the page says so."""
    for _key, group in groupby(figures, key=lambda figure: figure.question_en):
        rows = list(group)
        yield Question(
            text=shown(rows[0], "question").text,
            base_note=shown(rows[0], "base_note").text,
            source=rows[0].source,
            lines=[_line(row) for row in rows],
            chart=charts.bars(
                shown(rows[0], "question").text, "", [_bar(row) for row in rows]
            ),
        )


def _line(figure: PublishedFigure) -> Line:
    low, high = wilson(figure.count, figure.base, _population(figure))
    return Line(
        figure, _percent(figure.count / figure.base), _percent(low), _percent(high)
    )


def _bar(figure: PublishedFigure) -> charts.Bar:
    low, high = wilson(figure.count, figure.base, _population(figure))
    share = figure.count / figure.base
    return charts.Bar(
        shown(figure, "answer").text,
        100 * share,
        _percent(share),
        100 * low,
        100 * high,
    )


def _population(figure: PublishedFigure) -> int | None:
    """The counts of the survey itself are out of all who were asked: no sample."""
    return figure.base if figure.base >= POPULATION else POPULATION


def _percent(share: float) -> str:
    return f"{number_format(100 * share, decimal_pos=0)}%"
