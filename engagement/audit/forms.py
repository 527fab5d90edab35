from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.audit.models import Entry


def _actions() -> list[tuple[str, Any]]:
    done = Entry.objects.order_by("action").values_list("action", flat=True)
    return [("", _("All")), *((action, action) for action in done.distinct())]


class FindForm(forms.Form):
    """Which entries to list; sent by GET. The choices are what has been done."""

    action = forms.ChoiceField(label=_("What"), required=False, choices=_actions)
