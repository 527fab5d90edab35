from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.evidence.models import EvidenceOfUse
from engagement.people.models import Sector

ALL = [("", _("All"))]


class UsesForm(forms.Form):
    """Which uses to list; sent by GET, each part may be left out."""

    use_type = forms.ChoiceField(
        label=_("Kind of use"),
        required=False,
        choices=[*ALL, *EvidenceOfUse.UseType.choices],
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[*ALL, *Sector.choices]
    )
    confidence = forms.ChoiceField(
        label=_("How sure"),
        required=False,
        choices=[*ALL, *EvidenceOfUse.Confidence.choices],
    )
