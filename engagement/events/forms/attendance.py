from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AttendanceForm(forms.Form):
    """The registrations that came, by id, and whose boxes were ticked when the page was
    shown."""

    shown = forms.RegexField(
        r"^[0-9,]*$",
        required=False,
        error_messages={"invalid": _("This was not understood. Load the page again.")},
    )
    came = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _(
                "Somebody has cancelled in the meantime. Load the page again."
            )
        },
    )

    def __init__(self, *args: Any, ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(pk, pk) for pk in ids]  # type: ignore[attr-defined]

    def clean_shown(self) -> set[int] | None:
        """None where it was not sent. Who has left meanwhile may be among them."""
        if "shown" not in self.data:
            return None
        return {int(pk) for pk in self.cleaned_data["shown"].split(",") if pk}
