"""Early wins, risks, and what is owed: words, and how many of each."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events.models import Commitment
from engagement.groups.models import Action
from engagement.reports.periods import Period
from engagement.reports.tables import TEXT, Column, Table
from engagement.studies.models import Milestone, Study

# As many as a page takes; the number of all stands beside them.
MOST = 12
# What the methods page calls each.
METRICS = {
    "wins": "early-wins",
    "risks": "open-risks",
    "commitments": "open-commitments",
    "actions": "open-actions",
}


class Item(NamedTuple):
    """`lang` is the language that the text is really in; nobody is named."""

    text: str
    lang: str
    note: str = ""
    synthetic: bool = False


class Listed(NamedTuple):
    """`total` is how many there are, more than are listed perhaps."""

    key: str
    title: str
    empty: str
    rows: Sequence[Item]
    total: int


def lists(study: Study, period: Period) -> list[Listed]:
    return [
        _wins(study, period),
        _risks(study),
        _commitments(study),
        _actions(study),
    ]


def table(found: Iterable[Listed]) -> Table:
    return Table(
        key="standing",
        title=_("Where things stand"),
        columns=[Column(_("What"), TEXT), Column(_("Number"))],
        rows=[[one.title, one.total] for one in found],
        keys=[METRICS[one.key] for one in found],
    )


def _wins(study: Study, period: Period) -> Listed:
    """Milestones that were reached, and commitments that were kept."""
    reached = study.milestones.filter(
        status=Milestone.Status.DONE, done_on__range=(period.first, period.last)
    )
    kept = _told(study).filter(
        state=Commitment.State.DONE,
        settled_at__gte=period.since,
        settled_at__lt=period.until,
    )
    items = [
        *(_item(one, "title", _on(one.done_on)) for one in reached.order_by("done_on")),
        *(_item(one, "text", _on(_day(one.settled_at))) for one in kept),
    ]
    return Listed(
        "wins",
        _("Early wins"),
        _("Nothing was finished in this time."),
        items[:MOST],
        len(items),
    )


def _risks(study: Study) -> Listed:
    risks = list(study.risks.open())
    return _listed(
        "risks",
        _("Risks that are open"),
        _("No risk is open."),
        risks,
        lambda one: _since(_day(one.raised_at)),
    )


def _commitments(study: Study) -> Listed:
    rows = list(_told(study).open().order_by("due_on", "pk"))
    listed = _listed(
        "commitments",
        _("Open commitments"),
        _("Nothing that was promised at an event is open."),
        rows,
        lambda one: _by(one.due_on),
    )
    every = Commitment.objects.open().filter(event__study=study)
    return listed._replace(total=every.count())


def _actions(study: Study) -> Listed:
    rows = list(Action.objects.open().filter(group__study=study))
    return _listed(
        "actions",
        _("Open actions of the groups"),
        _("No action is open."),
        rows,
        lambda one: _by(one.due_on),
    )


def _told(study: Study) -> Any:
    """What the team promised, and what participants did and said may be shown: what is
    frozen here is read by more people than were there."""
    rows = Commitment.objects.filter(event__study=study)
    return rows.filter(Q(side=Commitment.Side.TEAM) | Q(is_public=True))


def _listed(
    key: str, title: str, empty: str, rows: list[Any], note: Callable[[Any], str]
) -> Listed:
    items = [_item(row, "text", note(row)) for row in rows[:MOST]]
    return Listed(key, title, empty, items, len(rows))


def _item(row: Any, field: str, note: str) -> Item:
    text, lang = shown(row, field)
    return Item(text, lang, note, getattr(row, "is_synthetic", False))


def _day(at: Any) -> date | None:
    return timezone.localdate(at) if at else None


def _on(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _since(day: date | None) -> str:
    return _("Raised on %(day)s") % {"day": _on(day)} if day else ""


def _by(day: date | None) -> str:
    if day is None:
        return ""
    words = {"day": _on(day)}
    if day < timezone.localdate():
        return _("Was due by %(day)s") % words
    return _("By %(day)s") % words
