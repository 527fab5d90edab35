"""What form fields of every app share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core import clocks, markup, texts
from engagement.core.bilingual import shown
from engagement.core.errors import Refused

# Django's own Welsh lacks this one.
NO_NUL = {
    "null_characters_not_allowed": _("Leave out characters that cannot be shown.")
}
# Attributes of a field whose text is Welsh, for screen readers and spelling checkers.
WELSH = {"lang": "cy"}


class LineField(forms.CharField):
    """A name or another text on one line, as `texts.line` keeps it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_kept(texts.line, value))


class LinesField(forms.CharField):
    """A longer text, as `texts.lines` keeps it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_kept(texts.lines, value))


class MarkdownField(LinesField):
    """A text in Markdown that is not too tangled to be drawn (`markup.check`)."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            markup.check(text)
        except markup.TooComplex as refused:
            raise ValidationError(str(refused), code="complex") from refused
        return text


class AddressField(forms.EmailField):
    """An e-mail address, as `texts.address` keeps it."""

    default_error_messages = {
        "required": _("Enter your e-mail address."),
        "invalid": _("Enter an e-mail address like name@example.org."),
        **NO_NUL,
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(_kept(texts.address, value))


class ClockField(forms.DateTimeField):
    """A time as a clock shows it, without a zone; `by_the_clock` says whose clock."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None


def by_the_clock(form: forms.BaseForm, zone: ZoneInfo, *names: str) -> None:
    """Makes moments of the times that were typed, by the clocks of `zone`, and errors of
    those that there are none of."""
    for name in names:
        if typed := form.cleaned_data.get(name):
            try:
                form.cleaned_data[name] = clocks.moment(typed, zone)
            except Refused as error:
                form.add_error(name, str(error))


class TitleChoice(forms.ModelChoiceField[Any]):
    """One of what has a title in both languages, in the reader's."""

    def label_from_instance(self, obj: Any) -> str:
        return shown(obj, "title").text


class NameChoice(forms.ModelChoiceField[Any]):
    """As TitleChoice, of what has a name."""

    def label_from_instance(self, obj: Any) -> str:
        return shown(obj, "name").text


class NameChoices(forms.ModelMultipleChoiceField[Any]):
    """As NameChoice, any number of them."""

    def label_from_instance(self, obj: Any) -> str:
        return shown(obj, "name").text


def _kept(keep: Callable[[str], str], value: Any) -> Any:
    """Raises ValidationError, with the reason in the reader's language."""
    try:
        return keep(value) if isinstance(value, str) else value
    except texts.Unfit as unfit:
        raise ValidationError(str(unfit), code="unfit") from unfit
