"""The tables of a survey: counts, percentages, how sure they are, and what is hidden."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from engagement.core import charts
from engagement.core.bilingual import Shown, shown
from engagement.evidence.models import Survey
from engagement.evidence.services.answers import Answers, is_asked
from engagement.metrics import disclosure
from engagement.metrics.intervals import Interval, bounds, wilson
from engagement.metrics.tables import Dimension, Table
from engagement.metrics.words import percent, sums_note

# A part of a base that gave none of the answers; no code can be it, as codes are trimmed.
REST = " "


class Line(NamedTuple):
    """One answer. `sure` is Wilson's interval, `bounds` what those who did not answer
    could make of it at worst."""

    code: str
    label: dict[str, str]
    part: int
    share: str
    sure: Interval
    bounds: Interval


class Counted(NamedTuple):
    """One question with the truth: for staff, for the command line and for programs."""

    question: dict[str, Any]
    base: int
    missing: int
    lines: list[Line]
    note: str


def reached(survey: Survey) -> int:
    return survey.invited - survey.undeliverable


def counted(
    survey: Survey, answers: Sequence[Answers], *, corrected: bool = False
) -> list[Counted]:
    """Each question in order. `corrected`: with the finite-population correction, as if
    those who answered were a random sample of those who were reached."""
    return [_counted(survey, one, answers, corrected) for one in survey.questions]


def _counted(
    survey: Survey,
    question: dict[str, Any],
    answers: Sequence[Answers],
    corrected: bool,
) -> Counted:
    asked = [one for one in answers if is_asked(question, one)]
    given = [one[question["id"]] for one in asked if question["id"] in one]
    sizes = {"all": len(answers), "asked": len(asked), "answered": len(given)}
    base = sizes[question["base"]]
    missing = reached(survey) - len(answers)
    if question["base"] == "answered":
        missing += len(asked) - len(given)
    population = base + missing if corrected else None
    lines = []
    for option in question["options"]:
        part = sum(option["code"] in codes for codes in given)
        if base:
            lines.append(_line(option, part, base, missing, population))
    return Counted(question, base, missing, lines, _note(question, lines, base))


def _line(
    option: dict[str, str], part: int, base: int, missing: int, population: int | None
) -> Line:
    return Line(
        code=option["code"],
        label=option,
        part=part,
        share=percent(part, base),
        sure=wilson(part, base, population),
        bounds=bounds(part, base, missing),
    )


def _note(question: dict[str, Any], lines: Iterable[Line], base: int) -> str:
    parts = [line.part for line in lines]
    if question["kind"] == "multiple":
        return _(
            "More than one answer could be given, so percentages do not sum to 100."
        )
    if sum(parts) < base:
        return _("Some gave no answer, so percentages do not sum to 100.")
    return sums_note(parts, base) if base else ""


class ShownLine(NamedTuple):
    label: Shown
    part: str
    share: str
    sure: str
    bounds: str


class ShownQuestion(NamedTuple):
    """As the page shows it; all that is in it may be seen."""

    id: str
    text: Shown
    base: str
    source: str
    lines: list[ShownLine]
    note: str
    chart: charts.Chart
    hides: bool


def questions(
    survey: Survey, answers: Sequence[Answers], *, fewest: int
) -> list[ShownQuestion]:
    """With small counts hidden, and what would give them away."""
    return [_shown(one, fewest) for one in counted(survey, answers)]


def _shown(one: Counted, fewest: int) -> ShownQuestion:
    visible = _visible(one, fewest)
    pairs = [(line, line.code in visible) for line in one.lines]
    lines = [_shown_line(*pair) for pair in pairs]
    text = _Texts(one.question)
    bars = [
        charts.Bar(
            shown_line.label.text,
            100 * line.part / one.base if seen else None,
            shown_line.share or shown_line.part,
            100 * line.sure.low if seen else None,
            100 * line.sure.high if seen else None,
        )
        for (line, seen), shown_line in zip(pairs, lines, strict=True)
    ]
    title = shown(text, "text")
    small = 0 < one.base < fewest
    return ShownQuestion(
        id=one.question["id"],
        text=title,
        base=_("hidden") if small else str(one.base),
        source=one.question["source"],
        lines=lines,
        note=one.note,
        chart=charts.bars(title.text, "", bars, full=100),
        hides=len(visible) < len(one.lines) or small,
    )


def _visible(one: Counted, fewest: int) -> set[str]:
    """Codes whose counts may be shown. Of several answers each splits the base in two of
    its own: no sum ties it to the others."""
    parts = {line.code: line.part for line in one.lines}
    if one.question["kind"] == "multiple":
        return {
            code
            for code, part in parts.items()
            if _shown_of({code: part, REST: one.base - part}, fewest)[code]
        }
    found = _shown_of({**parts, REST: one.base - sum(parts.values())}, fewest)
    return {code for code in parts if found[code]}


def _shown_of(parts: dict[str, int], fewest: int) -> dict[str, tuple[int, ...]]:
    """Each code with its count, or with nothing where that is hidden."""
    values = {code: code for code in parts}
    table = Table(
        (Dimension("answer", "", values),), {(code,): n for code, n in parts.items()}
    )
    row = disclosure.protect(table, fewest=fewest).row()
    return {code: () if n is None else (n,) for code, n in row.items()}


class _Texts:
    """A question or an option, as `shown` reads a pair of columns."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)


def _shown_line(line: Line, seen: bool) -> ShownLine:
    label = shown(_Texts(line.label), "label")
    if not seen:
        return ShownLine(label, _("hidden"), "", "", "")
    return ShownLine(
        label, str(line.part), line.share, _range(line.sure), _range(line.bounds)
    )


def _range(ends: Interval) -> str:
    words = {"low": percent(ends.low), "high": percent(ends.high)}
    return _("%(low)s to %(high)s") % words


def as_json(
    survey: Survey, answers: Sequence[Answers], *, corrected: bool = False
) -> dict[str, Any]:
    """For programs of those who own the numbers: nothing is hidden."""
    return {
        "slug": survey.slug,
        "synthetic": survey.is_synthetic,
        "invited": survey.invited,
        "undeliverable": survey.undeliverable,
        "reached": reached(survey),
        "answered": len(answers),
        "response_rate": _rate(len(answers), reached(survey)),
        "response_rate_of_invited": _rate(len(answers), survey.invited),
        "questions": [
            {
                "id": one.question["id"],
                "kind": one.question["kind"],
                "base_rule": one.question["base"],
                "base": one.base,
                "missing": one.missing,
                "note": one.note,
                "options": [
                    {
                        "code": line.code,
                        "count": line.part,
                        "percent": int(line.share.rstrip("%")),
                        "wilson95": [round(end, 4) for end in line.sure],
                        "bounds": [round(end, 4) for end in line.bounds],
                    }
                    for line in one.lines
                ],
            }
            for one in counted(survey, answers, corrected=corrected)
        ],
    }


def _rate(part: int, base: int) -> dict[str, Any] | None:
    if not base:
        return None
    ends = [round(end, 4) for end in wilson(part, base)]
    return {"percent": percent(part, base, places=1), "wilson95": ends}
