"""An abbreviation is explained where it first stands, as in "Long name (LN)".

One that the glossary of a study knows is only pointed out, with what it stands for.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, shown
from newsletters.checking.findings import HINT, WARN, Finding
from newsletters.checking.loading import Loaded, Text

# WIMD, LSOAs, Q&A; Welsh has letters of two signs: MALlC.
CAPITALS = re.compile(r"\b[A-Z][A-Z&]*[a-z]?[A-Z]+(?=s?\b)")
ROMAN = re.compile(r"[IVX]+")
LONGEST = 8
# What everybody knows, in either language.
COMMON = {
    *("UK", "EU", "UN", "USA", "US", "DU", "UE", "BBC", "NHS", "GIG", "GP", "MP", "TV"),
    *("PDF", "CSV", "HTML", "IT", "TG", "GMT", "BST", "PM", "AM", "VAT", "TAW", "PhD"),
    *("DVD", "FAQ", "URL", "OK", "XLSX", "ODS", "COVID", "ID", "QR", "S4C"),
}


class Known(NamedTuple):
    """What the glossaries of the studies, and the studies' own names, say."""

    names: dict[str, str]
    meanings: dict[str, str]


def check(loaded: Loaded) -> Iterator[Finding]:
    groups = [[text for text in loaded.texts() if text.thing is loaded.issue]]
    groups += [list(loaded.texts_of(article)) for article in loaded.articles]
    for lang in LANGUAGES:
        known = _known(loaded, lang)
        for texts in groups:
            yield from _short(texts, lang, known)
            yield from _terms(texts, lang, known)


def _known(loaded: Loaded, lang: str) -> Known:
    names = {}
    for study in loaded.studies:
        for one in LANGUAGES:
            short = getattr(study, f"abbreviation_{one}")
            names[short] = shown(study, "title", lang).text
    for term in loaded.terms:
        for short in (term.abbreviation_en, term.abbreviation_cy):
            if short:
                names[short] = shown(term, "term", lang).text
    meanings = {
        shown(term, "term", lang).text: shown(term, "meaning", lang).text
        for term in loaded.terms
        if not (term.abbreviation_en or term.abbreviation_cy)
    }
    return Known(names, meanings)


def _short(texts: list[Text], lang: str, known: Known) -> Iterator[Finding]:
    said: dict[str, Text] = {}
    for text in texts:
        for short in CAPITALS.findall(text.read(lang).text):
            said.setdefault(short, text)
    # In a title there is no room: the text below it explains.
    whole = "\n".join(text.read(lang).text for text in texts if text.field != "title")
    marked = {word for text in texts for word in text.read(lang).abbreviations}
    for short, text in said.items():
        if short in COMMON or short in marked or len(short) > LONGEST:
            continue
        if ROMAN.fullmatch(short):
            continue
        if told := _told(short, whole, known):
            code, level, sentence = told
            yield text.found(code, level, sentence, lang)


def _told(short: str, whole: str, known: Known) -> tuple[str, str, str] | None:
    name = re.escape(short)
    explained = re.search(rf"\(\s*{name}s?\b|\b{name}s?\s*\(", whole)
    first = re.search(rf"\b{name}s?\b", whole)
    if explained and first and first.start() >= explained.start():
        return None
    named = {"short": short, "name": known.names.get(short, "")}
    if explained:
        sentence = _("“%(short)s” is explained only after it has been used.")
        return "words.late", WARN, sentence % named
    if short in known.names:
        sentence = _(
            "“%(short)s” is not explained here. The glossary has it: %(name)s."
        )
        return "words.glossary", HINT, sentence % named
    sentence = _(
        "“%(short)s” is explained neither here nor in the glossary. Write the long "
        "name at its first use, with the short one in brackets."
    )
    return "words.abbreviation", WARN, sentence % named


def _terms(texts: list[Text], lang: str, known: Known) -> Iterator[Finding]:
    """Words with a meaning of their own in the study, once an article."""
    for term, meaning in known.meanings.items():
        for text in texts:
            if re.search(
                rf"\b{re.escape(term)}\b", text.read(lang).text, re.IGNORECASE
            ):
                sentence = _("“%(term)s” is a word of the glossary: %(meaning)s")
                named = {"term": term, "meaning": meaning}
                yield text.found("words.term", HINT, sentence % named, lang)
                break
