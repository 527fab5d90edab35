from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.audit import registry
from engagement.audit.models import NOBODY, Entry, EntryQuerySet
from engagement.core.fields import NO_NUL


def _who() -> list[tuple[str, Any]]:
    people = [(str(pk), name) for pk, name in Entry.objects.actors()]
    return [("", _("All")), *people, (NOBODY, _("The public, or the system"))]


def _actions() -> list[tuple[str, Any]]:
    return _sorted(registry.actions())


def _kinds() -> list[tuple[str, Any]]:
    return _sorted(registry.kinds())


def _sorted(labels: dict[str, registry.Text]) -> list[tuple[str, Any]]:
    """By the label in the reader's language."""
    pairs = [(value, str(label)) for value, label in labels.items()]
    return [("", _("All")), *sorted(pairs, key=lambda pair: pair[1].lower())]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Enter a date like 2026-01-31.")},
    )


class FindForm(forms.Form):
    """Which entries to list; sent by GET, each part may be left out."""

    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, error_messages=NO_NUL
    )
    who = forms.ChoiceField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("What"), required=False, choices=_actions)
    kind = forms.ChoiceField(label=_("To what"), required=False, choices=_kinds)
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As a callable it would be asked again each time that somebody looks.
        who: Any = self.fields["who"]
        who.choices = _who()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        return data

    def found(self) -> EntryQuerySet:
        """The entries asked for, newest first; none where the form is not valid."""
        if not self.is_valid():
            return Entry.objects.none()
        data = self.cleaned_data
        entries = Entry.objects.with_words(data["words"])
        entries = entries.between(data["since"], data["until"])
        if data["who"]:
            entries = entries.by(data["who"])
        if data["action"]:
            entries = entries.filter(action=data["action"])
        if data["kind"]:
            entries = entries.filter(target_kind=data["kind"])
        return entries
