"""What an event's entry in a calendar says, in one language or in both."""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from engagement.core import markup
from engagement.core.bilingual import shown
from engagement.events.models import Event

BETWEEN = "\n\n---\n\n"
# A calendar breaks lines itself.
ONE_LINE = 2000


class Words(NamedTuple):
    texts: dict[str, str]
    categories: list[str]
    url: str


def of(event: Event, langs: Sequence[str], *, joining: bool) -> Words:
    """In these languages, the first of them first. With `joining`, how to join: that is
    for those who have a place."""
    written = []
    for lang in langs:
        with translation.override(lang):
            written.append(_in_one(event, joining))
    summaries, descriptions, locations, kinds, urls = zip(*written, strict=True)
    texts = {
        "summary": " / ".join(dict.fromkeys(summaries)),
        "description": BETWEEN.join(dict.fromkeys(descriptions)),
        "location": " / ".join(dict.fromkeys(filter(None, locations))),
    }
    return Words(texts, list(dict.fromkeys(kinds)), urls[0])


def _in_one(event: Event, joining: bool) -> tuple[str, str, str, str, str]:
    url = settings.SITE_URL + event.get_absolute_url()
    parts = [
        _plain(event, "status_note"),
        _plain(event, "description"),
        *(_joining(event) if joining else []),
        url,
    ]
    description = "\n\n".join(filter(None, (part.strip() for part in parts)))
    kind = str(event.get_kind_display())
    return shown(event, "title").text, description, _location(event), kind, url


def _plain(event: Event, field: str) -> str:
    text = shown(event, field).text
    return markup.text(text, width=ONE_LINE) if text else ""


def _joining(event: Event) -> list[str]:
    link = _("Join online: %(link)s") % {"link": event.join_url}
    return [link if event.join_url else "", shown(event, "join_note").text]


def _location(event: Event) -> str:
    venue = shown(event, "venue").text
    if event.mode == Event.Mode.ONLINE:
        return venue or _("Online")
    if event.mode == Event.Mode.BOTH and venue:
        return _("%(place)s, and online") % {"place": venue}
    return venue
