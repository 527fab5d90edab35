import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LineField, LinesField, NameChoice
from engagement.people.models import Alias, Area, Organisation, Sector
from engagement.people.registry import About


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


def _names(label: Any) -> LinesField:
    return LinesField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )


class OrganisationForm(forms.ModelForm[Organisation]):
    """Other names are written one on a line, by kind."""

    former = _names(_("Former names, one on each line"))
    short = _names(_("Short names, one on each line"))
    other = _names(_("Other names, one on each line"))

    class Meta:
        model = Organisation
        fields = ("name_en", "name_cy", "sector", "area", "parent")
        field_classes = {
            "name_en": LineField,
            "name_cy": LineField,
            "parent": NameChoice,
        }
        error_messages = {
            name: {"required": _("Enter a name.")} for name in ("name_en", "name_cy")
        } | {"sector": {"required": _("Choose a sector.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sector: Any = self.fields["sector"]
        sector.choices = [("", _("Choose one")), *Sector.choices]
        area: Any = self.fields["area"]
        area.choices = [("", _("None")), *Area.choices]
        parent: Any = self.fields["parent"]
        parent.queryset = Organisation.objects.current().exclude(pk=self.instance.pk)
        parent.empty_label = _("None")
        for kind in Alias.Kind.values:
            names = self.instance.aliases if self.instance.pk else Alias.objects.none()
            self.initial[kind] = "\n".join(
                names.filter(kind=kind).values_list("name", flat=True)
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for kind in Alias.Kind.values:
            data[kind] = _lines(data.get(kind, ""))
            if any(len(name) > 200 for name in data[kind]):
                self.add_error(kind, _now("A name has at most 200 letters."))
        return data

    def fields_and_aliases(self) -> dict[str, Any]:
        """What the services take."""
        data = dict(self.cleaned_data)
        return {"aliases": {kind: data.pop(kind) for kind in Alias.Kind.values}, **data}


def _lines(text: str) -> list[str]:
    """Trimmed, each once, without empty ones."""
    words = (" ".join(line.split()) for line in re.split(r"[\r\n]+", text))
    return list(dict.fromkeys(word for word in words if word))


class HistoryForm(forms.Form):
    """What of a history to list; sent by GET."""

    about = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Everything")), *About.choices]
    )
