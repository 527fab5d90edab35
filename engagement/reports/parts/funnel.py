"""A step from contact to decision, broken down: its table, with small counts hidden."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from engagement.metrics import guarding
from engagement.metrics.breakdowns import Step
from engagement.metrics.guarding import Told
from engagement.metrics.intervals import Sample
from engagement.metrics.registry import KINDS, Row, Text
from engagement.metrics.words import difference
from engagement.people.counting import labels
from engagement.reports import tables
from engagement.reports.tables import COUNT, PERCENT, TEXT, Cell, Column, Table


def groups(kind: str, steps: Iterable[Step]) -> dict[str, Text]:
    """The values that occur in any of the steps: each table has all of them, so that the
    same row is the same people everywhere."""
    found = {row.key for step in steps for row in step.rows}
    return {key: label for key, label in labels(kind).items() if key in found}


def table(
    step: Step, old: Step | None, kind: str, names: Mapping[str, Text], *, fewest: int
) -> Table:
    """The whole first, then each of `names`, where there is anything to break down;
    beside them, where there is an `old` one, the time before."""
    if not (step.rows or (old and old.rows)):
        names = {}
    now = _told(step, names, fewest)
    rows = [[_name(key, names), *_cells(step, one)] for key, one in now.items()]
    if old:
        # As far as this time is broken down, so is that one.
        before = _told(old._replace(known=step.known), names, fewest)
        for row, key in zip(rows, now, strict=True):
            row += _beside(step, now[key], before[key])
    return Table(
        key=f"by-{step.metric.key}",
        title=_title(step, kind),
        kind=_kind(step),
        columns=_columns(step, kind, compared=old is not None),
        rows=rows,
        keys=[step.metric.key] * len(rows),
        notes=_notes(step),
    )


def _kind(step: Step) -> str:
    if step.reading.base is not None:
        return "rates"
    return "bars" if step.reading.at_most is None else "ranges"


def _told(step: Step, names: Mapping[str, Text], fewest: int) -> dict[str | None, Told]:
    """By key; None is the whole."""
    known = {row.key: row for row in step.rows}
    rows = [known.get(key) or _none(step, key) for key in names if step.known]
    if not step.metric.counts_people:
        whole, parts = Told(*_numbers(step)), guarding.open_parts(rows)
    else:
        whole = guarding.whole(step.reading, fewest=fewest)
        parts = guarding.parts(step.reading, rows, fewest=fewest)
    return {None: whole, **{row.key: one for row, one in zip(rows, parts, strict=True)}}


def _none(step: Step, key: str) -> Row:
    """Nobody, out of nobody."""
    base, most = (None if n is None else 0 for n in _numbers(step)[1:])
    return Row("", 0, key, base, most)


def _numbers(step: Step) -> tuple[int, int | None, int | None]:
    return step.reading.value, step.reading.base, step.reading.at_most


def _name(key: str | None, names: Mapping[str, Text]) -> str:
    return _("All") if key is None else str(names[key])


def _cells(step: Step, told: Told) -> list[Cell]:
    """What the step has columns for; None is hidden in each of them."""
    if step.reading.base is not None:
        no_share = told.value is None or told.base is None
        share = None if no_share else tables.share(told.value, told.base or 0)
        return [told.value, told.base, share]
    return [told.value] if step.reading.at_most is None else [told.value, told.at_most]


def _beside(step: Step, now: Told, old: Told) -> list[Cell]:
    """Those of the time before, and the difference of two shares in words."""
    cells = _cells(step, old)
    return cells if step.reading.base is None else [*cells, _difference(now, old)]


def _difference(now: Told, old: Told) -> str:
    """In words; "" where a share is hidden, or there is none."""
    if now.value is None or old.value is None or not now.base or not old.base:
        return ""
    return difference(Sample(now.value, now.base), Sample(old.value, old.base))


def _title(step: Step, kind: str) -> str:
    if not step.known:
        return str(step.metric.title)
    words = {"step": step.metric.title, "kind": str(KINDS[kind]).lower()}
    return _("%(step)s, by %(kind)s") % words


def _columns(step: Step, kind: str, *, compared: bool) -> list[Column]:
    now, before = _heads(step)
    found = [Column(str(KINDS[kind]), TEXT), *now]
    if compared:
        found += before
        if step.reading.base is not None:
            found.append(Column(_("Difference"), TEXT))
    return found


def _heads(step: Step) -> tuple[list[Column], list[Column]]:
    if step.reading.base is not None:
        units = (COUNT, COUNT, PERCENT)
        now = (_("Number"), _("Base"), _("Share"))
        old = (_("Number before"), _("Base before"), _("Share before"))
    elif step.reading.at_most is not None:
        units = (COUNT, COUNT, COUNT)
        now = (_("At least"), _("At most"), "")
        old = (_("At least before"), _("At most before"), "")
    else:
        units = (COUNT, COUNT, COUNT)
        now, old = (_("Number"), "", ""), (_("Number before"), "", "")
    heads = (
        [Column(t, unit) for t, unit in zip(titles, units, strict=True) if t]
        for titles in (now, old)
    )
    return next(heads), next(heads)


def _notes(step: Step) -> list[str]:
    found = []
    if step.metric.base_meaning:
        words = {"base": step.metric.base_meaning}
        found.append(_("Out of: %(base)s") % words)
    if step.is_now:
        found.append(_("As it is now, whatever the time that was chosen."))
    if step.known and step.limit:
        found.append(str(step.limit))
    return found
