from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField
from engagement.people.models import Sector
from engagement.people.queries import UNKNOWN


class FindForm(forms.Form):
    """Whom to list; sent by GET, each part may be left out."""

    words = LineField(
        label=_("Name or address"),
        required=False,
        max_length=200,
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=[("", _("All")), *Sector.choices, (UNKNOWN, _("Not stated"))],
    )
