"""What an event lacks before the public may see it, in words for the reader."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from engagement.core import bilingual
from engagement.events.models import Event, Option

WORDS = (
    *("title", "description", "venue", "audience", "format", "led_by"),
    *("host", "join_note"),
)


def missing(event: Event) -> list[str]:
    """Empty where it is whole: both languages everywhere, when, and how to take part."""
    needed = ["starts_at"]
    if event.mode != Event.Mode.VENUE:
        needed.append("join_url")
    if event.kind == Event.Kind.PRESENTATION:
        needed += ["host_en", "host_cy"]
    absent = [name for name in needed if not getattr(event, name)]
    return list(dict.fromkeys([*untranslated(event), *_labels(event, absent)]))


def untranslated(event: Event) -> list[str]:
    """What is in one language only, of the event and of all that belongs to it."""
    absent = bilingual.missing(event, *WORDS)
    titles = [f"title_{lang}" for lang in bilingual.LANGUAGES]
    absent += [name for name in titles if not getattr(event, name)]
    return [*_labels(event, dict.fromkeys(absent)), *_of_its_parts(event)]


def _of_its_parts(event: Event) -> list[str]:
    options = Option.objects.filter(question__event=event)
    series = [event.series] if event.series else []
    return [
        *_of_rows(_("Series"), series, "title"),
        *_of_rows(_("Session"), event.sessions.all(), "title", "room"),
        *_of_rows(_("Speaker"), event.speakers.all(), "role"),
        *_of_rows(_("Question"), event.questions.all(), "label", "hint"),
        *_of_rows(_("Answer"), options, "label"),
    ]


def _of_rows(kind: str, rows: Iterable[Model], *fields: str) -> list[str]:
    return [
        _("%(kind)s “%(name)s”: %(field)s")
        % {"kind": kind, "name": row, "field": label}
        for row in rows
        for label in _labels(row, bilingual.missing(row, *fields))
    ]


def _labels(row: Model, names: Iterable[str]) -> list[str]:
    labels = {field.name: field.verbose_name for field in row._meta.fields}
    return [str(labels[name]) for name in names]
