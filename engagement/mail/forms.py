from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL
from engagement.mail.models import Inbound


class FindForm(forms.Form):
    """What to list of what came back; sent by GET, each part may be left out."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *Inbound.Kind.choices],
    )
    key = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.HiddenInput,
        error_messages=NO_NUL,
    )

    def found(self) -> QuerySet[Inbound]:
        """Without the raw messages; none where the form is not valid."""
        if not self.is_valid():
            return Inbound.objects.none()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return Inbound.objects.defer("raw").filter(**wanted)
