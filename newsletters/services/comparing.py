"""What stands in one state of an issue's words and not in another, field by field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, active, other

# Words with the spaces after them, so that put together they are the text again.
PIECES = re.compile(r"\s+|[\w\u2019'-]+\s*|[^\w\s]\s*")


@dataclass(frozen=True)
class Piece:
    """`kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Field:
    """One text in both languages."""

    place: str
    label: str
    pieces: dict[str, list[Piece]]

    @property
    def changed(self) -> bool:
        every = (piece for pieces in self.pieces.values() for piece in pieces)
        return any(piece.kind != "same" for piece in every)


@dataclass(frozen=True)
class _Text:
    """One text of a content; `place` is the title of its article."""

    place: dict[str, str]
    field: str
    words: dict[str, str]


def fields(before: dict[str, Any] | None, now: dict[str, Any]) -> list[Field]:
    """Every text of the two, those of `now` first. Without `before`, only as it is."""
    new = dict(_texts(now))
    old = new if before is None else dict(_texts(before))
    return [
        Field(*_named(new.get(key) or old[key]), _pieces(old, new, key))
        for key in [*new, *(key for key in old if key not in new)]
    ]


def pieces(before: str, now: str) -> list[Piece]:
    """Word by word."""
    if before == now:
        return [Piece("same", now)] if now else []
    old, new = PIECES.findall(before), PIECES.findall(now)
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if a != b:
            found.append(Piece("removed", "".join(old[a:b])))
        if c != d:
            found.append(Piece("added", "".join(new[c:d])))
    return found


def _texts(content: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], _Text]]:
    """Each text by a key that stays the same wherever an article is moved to."""
    for field in ("title", "intro", "date_note"):
        yield ("issue", field), _Text({}, field, content[field])
    order = dict.fromkeys(LANGUAGES, "")
    for article in content["articles"]:
        place = article["title"]
        order = {lang: f"{order[lang]}{place[lang]}\n" for lang in LANGUAGES}
        for field in ("title", "summary", "body", "meaning"):
            yield (article["id"], field), _Text(place, field, article[field])
        for picture in article["pictures"]:
            code = picture["sha256"][:12]
            words = {lang: f"{picture['alt'][lang]}\n[{code}]" for lang in LANGUAGES}
            yield (
                (article["id"], "picture", picture["name"]),
                _Text(place, "picture", words),
            )
        links = [link["title"] for link in article["links"]]
        words = {lang: "\n".join(t[lang] for t in links) for lang in LANGUAGES}
        yield (article["id"], "links"), _Text(place, "links", words)
    yield ("issue", "order"), _Text({}, "order", order)


def _pieces(old: dict[Any, _Text], new: dict[Any, _Text], key: Any) -> Any:
    nothing = _Text({}, "", dict.fromkeys(LANGUAGES, ""))
    was, is_now = old.get(key, nothing).words, new.get(key, nothing).words
    return {lang: pieces(was[lang], is_now[lang]) for lang in LANGUAGES}


def _named(text: _Text) -> tuple[str, str]:
    labels = {
        "title": _("Title") if text.place else _("Subject"),
        "intro": _("Opening"),
        "date_note": _("Date"),
        "summary": _("Summary"),
        "body": _("Full text"),
        "meaning": _("What this means for you"),
        "picture": _("Picture, what it shows, and a code of its file"),
        "links": _("Links"),
        "order": _("Order of the articles"),
    }
    named = [text.place[lang] for lang in (active(), other(active())) if text.place]
    return next(filter(None, named), _("The issue")), labels[text.field]
