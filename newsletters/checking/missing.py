"""Parity: each language is there, and neither is older than the other."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, other
from newsletters.checking.findings import BLOCK, Finding
from newsletters.checking.loading import Loaded, Text
from newsletters.models import Article, Issue

# A row is made with two readings of the clock, one for each language.
SAME_MOMENT = timedelta(seconds=1)
# What is needed in any case; the rest only where the other language has it.
NEEDED = {"title", "summary"}


def check(loaded: Loaded) -> Iterator[Finding]:
    for text in loaded.texts():
        yield from _missing(text)
    for thing in loaded.things:
        yield from _stale(loaded, thing)


def _missing(text: Text) -> Iterator[Finding]:
    for lang in LANGUAGES:
        if text.typed(lang):
            continue
        if text.typed(other(lang)) or text.field in NEEDED:
            yield text.found("parity.missing", BLOCK, _sentence(lang), lang)


def _sentence(lang: str) -> str:
    if lang == "en":
        return _("There is no text in English.")
    return _("There is no text in Welsh.")


def _stale(loaded: Loaded, thing: Issue | Article) -> Iterator[Finding]:
    """The language that was last looked at before the other changed."""
    ahead = thing.edited_en_at - thing.edited_cy_at
    if abs(ahead) <= SAME_MOMENT:
        return
    if ahead > timedelta(0):
        sentence = _(
            "The English has changed since the Welsh was written or last compared."
        )
        lang = "cy"
    else:
        sentence = _(
            "The Welsh has changed since the English was written or last compared."
        )
        lang = "en"
    yield loaded.found("parity.older", BLOCK, sentence, thing, "title", lang)
