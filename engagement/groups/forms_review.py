from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.fields import WELSH, LinesField
from engagement.groups import reviewed
from engagement.groups.models import Review


class MeetingChoice(forms.ModelChoiceField[Any]):
    """The meeting's group, title and day, in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        event = obj.event
        when = render_to_string("events/_when.txt", {"event": event}).strip()
        return f"{shown(event, 'title').text}, {when}"


class OpenForm(forms.Form):
    """At which meeting the review is discussed."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"] = MeetingChoice(
            label=_("Discussed at"),
            queryset=reviewed.meetings_for(review.study),
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a meeting.")},
        )


class NoteForm(forms.Form):
    """What the group said."""

    note_en = LinesField(
        label=_("What the group said, in English"),
        max_length=5000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write this in English and in Welsh.")},
    )
    note_cy = LinesField(
        label=_("What the group said, in Welsh"),
        max_length=5000,
        widget=forms.Textarea({"rows": 8, **WELSH}),
        error_messages={"required": _("Write this in English and in Welsh.")},
    )
