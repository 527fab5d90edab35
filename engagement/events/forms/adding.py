from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from engagement.events.forms.registering import OrganisationForm, YouForm


class AddForm(forms.Form):
    """Somebody whom the team registers, after a call or a letter."""

    name = YouForm.base_fields["name"]
    email = YouForm.base_fields["email"]
    organisation = OrganisationForm.base_fields["organisation"]
    sector = OrganisationForm.base_fields["sector"]
    function = OrganisationForm.base_fields["function"]
    language = forms.ChoiceField(
        label=_("Language of our messages first"), choices=settings.LANGUAGES
    )
    wants_welsh = forms.BooleanField(
        label=_("Would like to use Welsh at the event"), required=False
    )
