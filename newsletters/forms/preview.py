from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.fields import NO_NUL, LineField
from engagement.people.models import Person
from newsletters.models import Issue

# Ways to look at a mail that not every reader's program shares.
LOOKS = [
    ("phone", _("As broad as a phone")),
    ("dark", _("On a dark screen")),
    ("bare", _("Without pictures")),
]


class LookForm(forms.Form):
    """How the preview is shown."""

    first = forms.ChoiceField(
        label=_("Which language first?"),
        choices=Person.Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    look = forms.MultipleChoiceField(
        label=_("Show it"),
        choices=LOOKS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class FindSubscriberForm(forms.Form):
    words = LineField(
        label=_("Name or address"),
        max_length=200,
        error_messages={
            "required": _("Enter a name or an address."),
            **NO_NUL,
        },
    )


class _TesterChoice(forms.ModelMultipleChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}, {obj.email}"


class TestForm(forms.Form):
    """To whom of the newsletter's testers, and which language first."""

    testers = _TesterChoice(
        label=_("Testers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one tester.")},
    )
    first = forms.ChoiceField(
        label=_("Which language first?"),
        choices=Person.Language.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = issue.newsletter.testers.filter(is_active=True).order_by("name", "pk")
        self.fields["testers"].queryset = known  # type: ignore[attr-defined]
