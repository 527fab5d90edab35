from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.fields import AddressField, LineField, NameChoices
from engagement.people.models import Consent, Interest, Person
from newsletters.models import Newsletter
from newsletters.services import preferences, readings, subscriptions


def _email(label: Any) -> AddressField:
    return AddressField(
        label=label,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )


class LinkForm(forms.Form):
    email = _email(_("E-mail address"))


class AddressForm(forms.Form):
    email = _email(_("New e-mail address"))


class _Newsletters(forms.ModelMultipleChoiceField[Newsletter]):
    def label_from_instance(self, obj: Newsletter) -> SafeString:
        """With the words that a tick agrees to."""
        return format_html(
            '{}<span class="hint">{}</span>',
            shown(obj, "title").text,
            subscriptions.wording(obj),
        )


class _Readings(_Newsletters):
    def label_from_instance(self, obj: Newsletter) -> SafeString:
        title, words = shown(obj, "title").text, readings.wording(obj)
        return format_html('{}<span class="hint">{}</span>', title, words)


class PreferencesForm(forms.Form):
    newsletters = _Newsletters(
        label=_("Newsletters"),
        queryset=Newsletter.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    readings_of = _Readings(
        label=_("Reading kept under your name"),
        help_text=_("Leave it out and you get the newsletter all the same."),
        queryset=Newsletter.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Which language first?"),
        help_text=_("Each issue comes in both."),
        choices=Person.Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    interests = NameChoices(
        label=_("Interests"),
        help_text=_("So that we ask you only about what concerns you."),
        queryset=Interest.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        agreed = readings.agreed(person.pk)
        asked = readings.askable(agreed)
        now = {
            "readings_of": [each.pk for each in asked if each.slug in agreed],
            "newsletters": preferences.subscribed(person),
            "language": person.language,
            "interests": list(person.interests.values_list("pk", flat=True)),
        }
        super().__init__(data, initial=now)
        self.fields["readings_of"].queryset = asked  # type: ignore[attr-defined]
        if not asked:
            del self.fields["readings_of"]
        if not Interest.objects.exists():
            del self.fields["interests"]


class EnterForm(LinkForm):
    """What somebody said on paper or by telephone."""

    name = LineField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter a name.")},
    )
    language = forms.ChoiceField(
        label=_("Order of languages"), choices=Person.Language.choices, initial="en"
    )
    word = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[
            (Consent.Action.GIVEN, _("They agreed to be sent it")),
            (Consent.Action.WITHDRAWN, _("They do not want it any more")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    source = forms.ChoiceField(
        label=_("How did you learn of it?"),
        choices=[
            (Consent.Source.PAPER, _("Paper")),
            (Consent.Source.TEAM, _("Told to the team")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    evidence = LineField(
        label=_("Evidence"),
        help_text=_("Kept with the consent, such as “paper form, briefing of 3 May”."),
        max_length=200,
        error_messages={"required": _("Say how they agreed.")},
    )
    field_order = ("name", "email", "language", "word", "source", "evidence")
