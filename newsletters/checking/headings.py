"""Headings go down one level at a time."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsletters.checking.findings import WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.checking.structure import levels


def check(loaded: Loaded) -> Iterator[Finding]:
    for text, lang, read in loaded.written():
        before = 1
        for level, (_typed, words) in zip(
            levels(read.headings), read.headings, strict=True
        ):
            if not words:
                yield text.found(
                    "headings.empty", WARN, _("A heading has no words."), lang
                )
            elif level > before + 1:
                sentence = _("“%(heading)s” passes over a level of headings.")
                named = {"heading": words}
                yield text.found("headings.order", WARN, sentence % named, lang)
            before = level
