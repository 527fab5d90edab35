"""How long sentences and summaries are, and how easy the words are to read.

LIX (C. H. Björnsson, 1968) = words per sentence + 100 times long words per word, a long
word having more than six letters. English: up to 40 easy, 40 to 50 middling, more than 50
hard. For Welsh no scale has been agreed upon, and that for English cannot be taken
over: mutations and written-out verbs change the length of words. So the Welsh figure is
shown and not judged.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES
from newsletters.checking.findings import WARN, Finding
from newsletters.checking.loading import Loaded, Text
from newsletters.models import Article, Issue

WORD = re.compile(
    r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*|\d[\d.,]*"
)
END = re.compile(r"[.!?]+(?=\s|$)|\n")
LONG_WORD, LONG_SENTENCE, HARD = 6, 25, 50
# Fewer words say nothing about how a text reads.
ENOUGH = 30
SUMMARY = (30, 60)


class Measure(NamedTuple):
    thing: Issue | Article
    language: str
    words: int
    sentences: int
    longest: int
    # None where there are too few words.
    lix: int | None


def check(loaded: Loaded) -> Iterator[Finding]:
    for text, lang, read in loaded.written():
        if text.field == "summary":
            yield from _summary(text, lang, len(words(read.text)))
        if lang == "en":
            yield from _sentences(text, read.text)
    for measure in measures(loaded):
        if measure.language == "en" and measure.lix and measure.lix > HARD:
            told = _("Hard to read: LIX %(lix)s, where up to 40 is easy.")
            told %= {"lix": measure.lix}
            field = "body" if isinstance(measure.thing, Article) else "intro"
            yield loaded.found("reading.hard", WARN, told, measure.thing, field, "en")


def measures(loaded: Loaded) -> Iterator[Measure]:
    """Of all that is written in the opening and in each article, in each language."""
    for thing in loaded.things:
        texts = [text for text in loaded.texts() if text.thing is thing]
        for lang in LANGUAGES:
            whole = "\n".join(text.read(lang).text for text in texts)
            if whole.strip():
                yield measure(thing, lang, whole)


def measure(thing: Issue | Article, language: str, text: str) -> Measure:
    lengths = [len(words(sentence)) for sentence in sentences(text)]
    said = words(text)
    lix = None
    if len(said) >= ENOUGH:
        long = sum(len(word) > LONG_WORD for word in said)
        lix = round(len(said) / len(lengths) + 100 * long / len(said))
    return Measure(
        thing, language, len(said), len(lengths), max(lengths, default=0), lix
    )


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """A line of a list or a heading is one too."""
    return [part.strip() for part in END.split(text) if words(part)]


def _sentences(text: Text, whole: str) -> Iterator[Finding]:
    for sentence in sentences(whole):
        if (number := len(words(sentence))) > LONG_SENTENCE:
            start = " ".join(sentence.split()[:6])
            told = _("A sentence of %(number)s words: “%(start)s…”. Try two.")
            named = {"number": number, "start": start}
            yield text.found("reading.sentence", WARN, told % named, "en")


def _summary(text: Text, lang: str, number: int) -> Iterator[Finding]:
    least, most = SUMMARY
    if not least <= number <= most:
        sentence = _("The summary has %(number)s words: aim for %(least)s to %(most)s.")
        named = {"number": number, "least": least, "most": most}
        yield text.found("reading.summary", WARN, sentence % named, lang)
