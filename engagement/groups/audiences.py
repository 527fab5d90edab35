"""The condition of sitting in a group now."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.groups.models import Group, Membership
from engagement.people.registry import RuleKind, add_kind, whose
from engagement.people.rule.words import keys, named, telling

ANY = "any"


def _groups() -> list[tuple[str, Any]]:
    names = [
        (str(group.pk), shown(group, "name").text) for group in Group.objects.all()
    ]
    return [("", _("Choose one")), (ANY, _("Any group")), *names]


def _fields() -> dict[str, forms.Field]:
    return {
        "group": forms.ChoiceField(
            label=_("Which group?"),
            choices=_groups,
            error_messages={"required": _("Choose a group.")},
        )
    }


def sits_in(values: dict[str, Any]) -> Q:
    sitting = Membership.objects.on(timezone.localdate())
    if values["group"] != ANY:
        sitting = sitting.filter(seat__group__in=keys([values["group"]]))
    return whose(sitting)


def _name(values: dict[str, Any]) -> str:
    if values["group"] == ANY:
        return gettext("any group")
    (name,) = named(Group.objects.all(), [values["group"]], "name")
    return f"“{name}”"


add_kind(
    RuleKind(
        key="member",
        position=140,
        title=_("Sits in a group"),
        fields=_fields,
        condition=sits_in,
        words=telling(_("Sits in %(names)s"), _name),
        lacks=telling(_("Does not sit in %(names)s"), _name),
    )
)
