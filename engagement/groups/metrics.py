"""What groups owe, as reports count it."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.groups.models import Action
from engagement.metrics.registry import Metric, Reading, register
from engagement.metrics.rows import Line, Rows


def open_actions(study_id: int) -> QuerySet[Action]:
    found = Action.objects.open().filter(group__study=study_id)
    return found.select_related("group")


def lines(rows: Sequence[Action]) -> Iterable[Line]:
    for one in rows:
        cells = (shown(one, "text"), shown(one.group, "name"), one.due_on or "")
        yield Line(cells, reverse("groups:action", args=[one.pk]), one.is_synthetic)


register(
    Metric(
        key="open-actions",
        position=112,
        title=_("Open actions of the groups"),
        meaning=_("What is owed after meetings of the study's groups, and not done."),
        measure=lambda study_id: Reading(open_actions(study_id).count()),
        unit=_("actions"),
        source=_("The rows of actions."),
        rows=Rows((_("Action"), _("Group"), _("By")), open_actions, lines),
        apart=True,
    )
)
