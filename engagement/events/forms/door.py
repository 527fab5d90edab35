import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL, LineField
from engagement.events.models import CheckIn
from engagement.events.services.doors import Word
from engagement.people.models import Sector

# What a device whose clock was never set may say.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class WordForm(forms.Form):
    """One word of a device at a door, or of the page without a script; see `Word`."""

    key = forms.UUIDField()
    action = forms.ChoiceField(choices=CheckIn.Action.choices)
    at = forms.DateTimeField(required=False)
    registration = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    walk_in = forms.UUIDField(required=False)
    name = LineField(required=False, max_length=200, error_messages=NO_NUL)
    sector = forms.ChoiceField(
        required=False, choices=[("", _("None")), *Sector.choices]
    )
    let_in = forms.BooleanField(required=False)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"] or timezone.now()
        if at < EARLIEST:
            raise ValidationError(_("This was not understood. Load the page again."))
        return at

    def word(self) -> Word:
        return Word(**self.cleaned_data)


def words(said: Any) -> list[Word]:
    """Those of a device that can be understood, at most 1,000 at once. The others can
    never be, and get no answer. Raises ValidationError for what is no list of words."""
    if not isinstance(said, list) or len(said) > 1000:
        raise ValidationError(_("This was not understood. Load the page again."))
    forms_ = [WordForm(one) for one in said if isinstance(one, dict)]
    return [form.word() for form in forms_ if form.is_valid()]


def pressed(data: Mapping[str, str]) -> WordForm:
    """The word of a button of the page: of a name, or of a sector that somebody walks in
    from. Sent twice from the same page, it is the same word."""
    button = next((n for n in ("in", "undo", "let_in") if n in data), "sector")
    named = f"{data.get('key', '')} {button} {data.get(button, '')}"
    word = {
        "key": uuid.uuid5(uuid.NAMESPACE_OID, named),
        "action": "undo" if button == "undo" else "in",
        "let_in": button == "let_in",
    }
    about = ("sector", "name") if button == "sector" else ()
    return WordForm(
        word
        | {name: data.get(name, "") for name in about}
        | ({} if about else {"registration": data.get(button)})
    )


class FindForm(forms.Form):
    """Part of a name, an organisation or a reference; sent by GET."""

    q = LineField(required=False, max_length=200, error_messages=NO_NUL)
