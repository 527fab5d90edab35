from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField
from engagement.people.forms.imports import SpreadsheetField


class ImportForm(forms.Form):
    """A file of people who agreed to get a newsletter."""

    file = SpreadsheetField(
        label=_("CSV or XLSX file"),
        help_text=_("With the columns name, email, sector, function and language."),
    )
    evidence = LineField(
        label=_("How did they agree?"),
        help_text=_("Kept with each consent, such as “paper form, briefing of 3 May”."),
        max_length=200,
        error_messages={"required": _("Say how they agreed.")},
    )
