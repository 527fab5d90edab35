from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import WELSH, MarkdownField


class SummaryForm(forms.Form):
    """What was said, for everybody to read; a draft may be in one language."""

    said_en = MarkdownField(
        label=_("What was said, in English"),
        help_text=_("You can use Markdown. Name nobody."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
    )
    said_cy = MarkdownField(
        label=_("What was said, in Welsh"),
        help_text=_("You can use Markdown. Name nobody."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 12, **WELSH}),
    )
