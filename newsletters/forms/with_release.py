from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import TitleChoice
from engagement.outputs.models import Release


class WithReleaseForm(forms.Form):
    """The release of outputs that an issue goes out with, or none."""

    release = TitleChoice(
        queryset=Release.objects.exclude(
            state__in=(Release.State.PUBLISHED, Release.State.CANCELLED)
        ),
        label=_("Release"),
        required=False,
        empty_label=_("None: it goes at a time of its own"),
        error_messages={"invalid_choice": _("Choose a release that is not out.")},
    )
