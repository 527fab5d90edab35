"""The figures of every app, as tables."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from engagement.metrics.presentation import Counts, Figure
from engagement.reports import differences, tables
from engagement.reports.tables import COUNT, PERCENT, POINTS, TEXT, Cell, Column, Table
from engagement.studies.sections import Section

# What a funnel would have: each step has people and a base of its own.
STEPS = (
    "deliveries",
    "readers",
    "registrations",
    "attendance",
    "downloads",
    "new-evidence",
)
# Shares whose base is of the time too, so that two times can be held side by side.
COMPARED = ("deliveries", "registrations", "attendance")


def of_section(part: Section) -> list[Table]:
    """Its figures, and what they are broken down by."""
    if not part.figures:
        return []
    return [_figures(part.key, part.title, part.figures), *broken_down(part.figures)]


def broken_down(figures: Iterable[Figure]) -> list[Table]:
    return [
        Table(
            key=f"rows-{figure.key}",
            title=figure.chart.title,
            kind="bars",
            columns=[Column(figure.title, TEXT), Column(_("Number"))],
            rows=[[str(bar.label), _whole(bar.value)] for bar in figure.chart.bars],
            keys=[figure.key] * len(figure.chart.bars),
        )
        for figure in figures
        if figure.chart
    ]


def all_time(found: Sequence[Figure]) -> Table:
    """Every registered metric of the study."""
    return _figures("all", _("All that was counted since the study began"), found)


def funnel(parts: Iterable[Section]) -> Table:
    """Each step is out of its own base: they are not the same people on their way."""
    found = {figure.key: figure for part in parts for figure in part.figures}
    steps = [found[key] for key in STEPS if key in found]
    return _figures(
        "funnel",
        _("From messages to use"),
        steps,
        kind="shares",
        notes=[
            _(
                "Each bar is a share of its own base, which is beside it. The steps do "
                "not count the same people, so no bar is a part of the one before."
            )
        ],
    )


def compared(now: Iterable[Section], before: Mapping[str, Counts]) -> Table:
    """Shares of this time beside those of the time before, and their difference."""
    rows: list[list[Cell]] = []
    keys: list[str] = []
    for figure in (figure for part in now for figure in part.figures):
        if figure.key in COMPARED:
            rows.append(_difference(figure, before.get(figure.key, Counts())))
            keys.append(figure.key)
    return Table(
        key="compared",
        title=_("Compared with the time before"),
        columns=comparing(_("Number now"), _("Base now"), _("Share now")),
        rows=rows,
        keys=keys,
        notes=[
            _(
                "The time before is as long, and ends where this one begins. The "
                "interval (Newcombe, 95 %) says how far chance alone could have moved "
                "the difference: where it includes 0 there is no clear difference."
            )
        ],
    )


def comparing(*now: str) -> list[Column]:
    """The headings of a table of differences; `now` heads the later time."""
    units = [COUNT, COUNT, PERCENT]
    before = [_("Number before"), _("Base before"), _("Share before")]
    between = [_("Difference in points"), _("Lowest"), _("Highest")]
    return [
        Column(_("Figure"), TEXT),
        *(Column(title, unit) for title, unit in zip(now, units, strict=True)),
        *(Column(title, unit) for title, unit in zip(before, units, strict=True)),
        *(Column(title, POINTS) for title in between),
    ]


def counts(parts: Iterable[Section]) -> dict[str, Counts]:
    return {figure.key: figure.counts for part in parts for figure in part.figures}


def _difference(figure: Figure, old: Counts) -> list[Cell]:
    """No difference where a base is nought, or something is hidden."""
    new = figure.counts
    parts = beside((new.value, new.base), (old.value, old.base))
    return [figure.title, *_told(new), *_told(old), *parts]


def beside(new: tuple[Cell, Cell], old: tuple[Cell, Cell]) -> list[Cell]:
    """The difference of two shares, each a number and its base, and its interval."""
    numbers = [cell for cell in (*old, *new) if isinstance(cell, int)]
    if len(numbers) < 4:
        return ["", "", ""]
    found = differences.between((numbers[0], numbers[1]), (numbers[2], numbers[3]))
    return [*found] if found else ["", "", ""]


def _told(counts: Counts) -> list[Cell]:
    value, base = counts.value, counts.base
    if value is None or base is None:
        return [value, base, "" if base == "" else None]
    return [value, base, "" if value == "" else tables.share(value, base)]


def _figures(
    key: str,
    title: str,
    figures: Sequence[Figure],
    *,
    kind: str = "plain",
    notes: Sequence[str] = (),
) -> Table:
    return Table(
        key=key,
        title=title,
        kind=kind,
        columns=[
            Column(_("Figure"), TEXT),
            Column(_("Number")),
            Column(_("At most")),
            Column(_("Base")),
            Column(_("Share"), PERCENT),
        ],
        rows=[_row(figure) for figure in figures],
        keys=[figure.key for figure in figures],
        notes=notes,
    )


def _row(figure: Figure) -> list[Cell]:
    value, base, share = _told(figure.counts)
    return [figure.title, value, figure.counts.at_most, base, share]


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
