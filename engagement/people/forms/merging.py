from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.people.services.merging import FIELDS


class MergeForm(forms.Form):
    """Whose value is kept, for each field in which the two differ."""

    def __init__(self, *args: Any, kept: Any, merged: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS[type(kept)]:
            values = [_shown(kept, name), _shown(merged, name)]
            if values[0] != values[1] and all(values):
                self.fields[name] = forms.ChoiceField(
                    label=kept._meta.get_field(name).verbose_name,
                    choices=[("kept", values[0]), ("merged", values[1])],
                    initial="kept",
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose one of the two.")},
                )

    def taken(self) -> list[str]:
        """The fields to take from the merged one."""
        return [name for name, which in self.cleaned_data.items() if which == "merged"]


def _shown(row: Any, name: str) -> str:
    if display := getattr(row, f"get_{name}_display", None):
        return str(display())
    value = getattr(row, name)
    return "" if value is None else str(value)


class ChooseForm(forms.Form):
    """Whom to merge with; sent by GET."""

    words = forms.CharField(
        label=_("Name or address"),
        max_length=200,
        error_messages={"required": _("Enter a name or an address.")},
    )
