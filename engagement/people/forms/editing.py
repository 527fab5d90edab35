from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import AddressField, LineField, NameChoices
from engagement.people.models import Function, Interest, Person, Sector
from engagement.people.services import organisations

LONGEST_TAG = 60


def _text(
    label: Any, required: Any = "", max_length: int = 200, **options: Any
) -> LineField:
    """`required` is the message where it may not be left out."""
    return LineField(
        label=label,
        required=bool(required),
        max_length=max_length,
        error_messages={"required": required} if required else {},
        **options,
    )


class PersonForm(forms.Form):
    name = _text(_("Name"), _("Enter a name."))
    language = forms.ChoiceField(
        label=_("Order of languages"),
        choices=Person.Language.choices,
        widget=forms.RadioSelect,
        initial=Person.Language.ENGLISH,
        error_messages={"required": _("Choose a language.")},
    )
    interests = NameChoices(
        label=_("Interests"),
        queryset=Interest.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = _text(
        _("Tags"),
        help_text=_("For the team only; separate them with commas."),
        max_length=1000,
    )

    def clean_tags(self) -> list[str]:
        words = [
            " ".join(word.split()) for word in self.cleaned_data["tags"].split(",")
        ]
        if any(len(word) > LONGEST_TAG for word in words):
            raise forms.ValidationError(
                _now("A tag has at most %(most)s letters.") % {"most": LONGEST_TAG}
            )
        return list({word.lower(): word for word in words if word}.values())


class AddressForm(forms.Form):
    email = AddressField(
        label=_("E-mail address"),
        max_length=320,
        error_messages={"required": _("Enter an e-mail address.")},
    )


class NewPersonForm(PersonForm, AddressForm):
    field_order = ("name", "email")


class PostForm(forms.Form):
    """The body is written, and found among those on record by any of its names."""

    post = _text(_("Post"))
    organisation = _text(
        _("Organisation"), widget=forms.TextInput({"list": "organisations"})
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        help_text=_("Only where the organisation is not on record."),
        required=False,
        choices=[("", _("Not stated")), *Sector.choices],
    )
    function = forms.ChoiceField(
        label=_("Function"),
        required=False,
        choices=[("", _("Not stated")), *Function.choices],
    )
    started_on = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Enter a date.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        name = data.pop("organisation", "")
        if not any((name, data.get("post"), data.get("sector"), data.get("function"))):
            raise forms.ValidationError(_now("Say at least what or where the post is."))
        data["organisation_name"] = name
        data["organisation"] = organisations.find(name) if name else None
        data["stated_sector"] = data.pop("sector", "")
        return data


class EndForm(forms.Form):
    on = forms.DateField(
        label=_("Until"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Enter a date."), "invalid": _("Enter a date.")},
    )


class InterestForm(forms.Form):
    name_en = _text(_("Name in English"), _("Enter a name."), max_length=100)
    name_cy = _text(_("Name in Welsh"), _("Enter a name."), max_length=100)
