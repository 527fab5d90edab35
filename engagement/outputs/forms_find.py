from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField, NameChoice, TitleChoice
from engagement.outputs.models import Output
from engagement.people.models import Interest, Sector
from engagement.studies.models import Study

ALL = [("", _("All"))]
# No drafts: what the public may find.
LISTED = [
    (status.value, status.label)
    for status in (
        Output.Status.PUBLISHED,
        Output.Status.PLANNED,
        Output.Status.PROPOSED,
    )
]


def years() -> list[tuple[Any, Any]]:
    """Those of what is listed, the latest first."""
    rows = Output.objects.listed().exclude(year=None).order_by("-year")
    return [*ALL, *((y, y) for y in rows.values_list("year", flat=True).distinct())]


class FindForm(forms.Form):
    """What to list; sent by GET, each part may be left out."""

    words = LineField(
        label=_("Words"),
        help_text=_(
            "From titles, summaries, authors, subjects, series and numbers, in either "
            "language. Put quotes around words that belong together."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )
    study = TitleChoice(
        queryset=Study.objects.all(),
        label=_("Study"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such study.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[*ALL, *Output.Kind.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False, choices=years)
    language = forms.ChoiceField(
        label=_("Files in"),
        required=False,
        choices=[*ALL, ("en", _("English")), ("cy", _("Welsh"))],
    )
    subject = NameChoice(
        queryset=Interest.objects.filter(outputs__isnull=False).distinct(),
        label=_("Subject"),
        required=False,
        to_field_name="slug",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no such subject.")},
    )
    audience = forms.ChoiceField(
        label=_("Made for"), required=False, choices=[*ALL, *Sector.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ALL, *LISTED]
    )

    @property
    def is_sifted(self) -> bool:
        """Whether anything was chosen below the words."""
        return any(self.data.get(name) for name in self.fields if name != "words")
