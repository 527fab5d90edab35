"""A link says where it leads, without the words around it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsletters.checking import addresses
from newsletters.checking.findings import WARN, Finding
from newsletters.checking.loading import Loaded, Text
from newsletters.checking.structure import Structure

EMPTY = {
    *("here", "click here", "this", "this link", "link", "more", "read more", "see"),
    *("this page", "page", "click", "find out more", "learn more", "details", "web"),
    *("yma", "cliciwch yma", "clicio yma", "dyma", "hyn", "y ddolen", "dolen", "mwy"),
    *("y ddolen hon", "darllen mwy", "darllenwch fwy", "gweler yma", "rhagor", "gwe"),
    *("y dudalen hon", "manylion", "dysgu mwy", "rhagor o wybodaeth", "pwyswch yma"),
}


def check(loaded: Loaded) -> Iterator[Finding]:
    for text, lang, read in loaded.written():
        for _href, words in read.links:
            if sentence := _wrong(words):
                yield text.found("links.text", WARN, sentence, lang)
        yield from _alike(text, lang, read)
        yield from _bare(text, lang, read)


def _wrong(words: str) -> str:
    said = re.sub(r"[\W_]+", " ", words.lower()).strip()
    if not said:
        return _("A link has no words.")
    if said in EMPTY:
        sentence = _("The words of the link “%(words)s” do not say where it leads.")
    elif addresses.BARE.fullmatch(words) and "@" not in words:
        sentence = _("The link “%(words)s” is shown as a bare address.")
    else:
        return ""
    return sentence % {"words": words}


def _alike(text: Text, lang: str, read: Structure) -> Iterator[Finding]:
    targets: dict[str, set[str]] = defaultdict(set)
    for href, words in read.links:
        targets[words.lower()].add(href)
    for words, hrefs in targets.items():
        if words and len(hrefs) > 1:
            sentence = _("Links with the same words lead to different places: “%(w)s”.")
            yield text.found("links.same_text", WARN, sentence % {"w": words}, lang)


def _bare(text: Text, lang: str, read: Structure) -> Iterator[Finding]:
    """Typed into a sentence, and no link at all."""
    linked = {words for _href, words in read.links}
    for match in addresses.BARE.finditer(read.text):
        if not any(match.group() in words for words in linked):
            sentence = _("The address “%(words)s” is typed out and is no link.")
            named = {"words": match.group()}
            yield text.found("links.bare", WARN, sentence % named, lang)
