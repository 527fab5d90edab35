from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField
from engagement.people.models import Area, Sector


class FindForm(forms.Form):
    """Which bodies to list; sent by GET, each part may be left out."""

    words = LineField(label=_("Name"), required=False, max_length=200)
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All")), *Sector.choices]
    )
    area = forms.ChoiceField(
        label=_("Local-authority area"),
        required=False,
        choices=[("", _("All")), *Area.choices],
    )
