from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import active
from engagement.core.fields import AddressField, LineField
from engagement.people.models import Function, Person, Sector
from newsletters.models import Newsletter
from newsletters.services import readings


class ConfirmForm(forms.Form):
    """Asked here and not before: only now is it known whose address it is."""

    reading = forms.BooleanField(required=False)

    def __init__(
        self, data: QueryDict | None = None, *, newsletter: Newsletter
    ) -> None:
        super().__init__(data)
        self.fields["reading"].label = readings.wording(newsletter)
        if newsletter.privacy != readings.NAMED:
            del self.fields["reading"]


class SubscribeForm(forms.Form):
    """Who would like to get a newsletter."""

    name = LineField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send you a link to confirm with."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
    language = forms.ChoiceField(
        label=_("Which language first?"),
        help_text=_("Each issue comes in both."),
        choices=Person.Language.choices,
        initial=active,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    sector = forms.ChoiceField(
        label=_("What kind of organisation do you work for?"),
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages={"required": _("Choose a kind of organisation.")},
    )
    function = forms.ChoiceField(
        label=_("What is your work about?"),
        choices=[("", _("I would rather not say")), *Function.choices],
        required=False,
    )
