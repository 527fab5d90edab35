from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL
from newsletters.services.targets import MOST_WORDS, Target


class LinkForm(forms.Form):
    """One of what an article can lead to."""

    target = forms.ChoiceField(
        label=_("Where it leads"),
        error_messages={
            "required": _("Choose where it leads."),
            "invalid_choice": _("Choose where it leads."),
        },
    )

    def __init__(self, *args: Any, targets: Iterable[Target]) -> None:
        super().__init__(*args)
        choices = [(target.value, target.kind) for target in targets]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """A script asks again as one types; without it there is a button."""

    q = forms.CharField(
        label=_("Find an output or an event"),
        help_text=_("Part of its title, in Welsh or English, or of its kind."),
        required=False,
        max_length=MOST_WORDS,
        error_messages=NO_NUL,
        widget=forms.TextInput(
            {
                "type": "search",
                "autocomplete": "off",
                "hx-get": "?",
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#id_target",
                "hx-select": "#id_target",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
