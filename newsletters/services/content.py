"""All the words of an issue, as data: what an approval is for, and nothing else.

Who sends it, its colours and its picture at the top belong to the newsletter.
"""

import hashlib
import json
from typing import Any

from engagement.core.bilingual import LANGUAGES
from newsletters.models import Article, Issue, Link, Picture

OF_ISSUE = ("title", "intro", "date_note")
TEXTS = ("title", "summary", "body", "meaning")


def snapshot(issue: Issue) -> dict[str, Any]:
    """What a reader would read of the issue now, in both languages; fits in JSON."""
    places = issue.places.order_by("position", "pk").select_related("article")
    found = places.prefetch_related(
        "article__pictures", "article__links__output", "article__links__event"
    ).prefetch_related("article__links__ask")
    return {
        **_both(issue, *OF_ISSUE),
        "articles": [of_article(place.article) for place in found],
    }


def digest(issue: Issue) -> str:
    """The same for the same words; SHA-256 in hexadecimal."""
    return digest_of(snapshot(issue))


def digest_of(content: dict[str, Any]) -> str:
    """Of a snapshot, whatever order a database gave its keys back in."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def of_article(article: Article) -> dict[str, Any]:
    """Its part of a snapshot."""
    return {
        "id": article.pk,
        **_both(article, *TEXTS),
        "pictures": [_picture(picture) for picture in article.pictures.all()],
        "links": [_link(link) for link in article.links.all()],
    }


def _picture(picture: Picture) -> dict[str, Any]:
    named = {"name": picture.name, **_both(picture, "alt")}
    return named | {"sha256": _file_digest(picture)}


def _file_digest(picture: Picture) -> str:
    """ "" where the file has gone: that is a change too."""
    try:
        with picture.upload.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _link(link: Link) -> dict[str, Any]:
    """With the title, which is what is read."""
    for kind in ("output", "event", "ask"):
        if thing := getattr(link, kind):
            return {"kind": kind, "id": thing.pk, **_both(thing, "title")}
    return {}


def _both(thing: Any, *fields: str) -> dict[str, dict[str, str]]:
    return {
        field: {lang: getattr(thing, f"{field}_{lang}") for lang in LANGUAGES}
        for field in fields
    }
