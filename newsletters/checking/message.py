"""The message: what it weighs, its subject, and whether the text part makes sense."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.checking.reading import words

# Gmail shows no more than 102 KB of a message: the way to leave would be cut off.
MOST_BYTES = 100_000
# One language on a telephone, and both in a list of mails.
MOST_SUBJECT, MOST_SUBJECTS = 70, 140
LEAST_WORDS = 20


def check(loaded: Loaded) -> Iterator[Finding]:
    if not loaded.articles:
        sentence = _("The issue has no articles.")
        yield loaded.found("issue.empty", BLOCK, sentence, loaded.issue, "mail")
    yield from _rendered(loaded)
    yield from _subjects(loaded)
    yield from _empty(loaded)


def _rendered(loaded: Loaded) -> Iterator[Finding]:
    if (size := loaded.rendered.size) > MOST_BYTES:
        sentence = _("The message weighs %(size)s KB: at most %(most)s KB are shown.")
        named = {"size": size // 1000, "most": MOST_BYTES // 1000}
        yield loaded.found("mail.size", BLOCK, sentence % named, loaded.issue, "mail")
    if len(words(loaded.rendered.text)) < LEAST_WORDS:
        sentence = _("The text part says almost nothing.")
        yield loaded.found("mail.text", WARN, sentence, loaded.issue, "mail")


def _subjects(loaded: Loaded) -> Iterator[Finding]:
    lengths = {lang: len(getattr(loaded.issue, f"title_{lang}")) for lang in LANGUAGES}
    sentence = _("The subject has %(number)s letters: aim for %(most)s at most.")
    for lang, number in lengths.items():
        if number > MOST_SUBJECT:
            named = {"number": number, "most": MOST_SUBJECT}
            told = sentence % named
            yield loaded.found("mail.subject", WARN, told, loaded.issue, "title", lang)
    if (number := sum(lengths.values())) > MOST_SUBJECTS:
        told = sentence % {"number": number, "most": MOST_SUBJECTS}
        yield loaded.found("mail.subject", WARN, told, loaded.issue, "title")


def _empty(loaded: Loaded) -> Iterator[Finding]:
    """Texts that say nothing to whoever reads plain text, or nothing at all, or have
    a part that cannot be shown."""
    for article in loaded.articles:
        if not (article.body_en.strip() or article.body_cy.strip()):
            sentence = _("The article has no text of its own to read on.")
            yield loaded.found("text.empty", BLOCK, sentence, article, "body")
    for text, lang, read in loaded.written():
        for fault in read.faults:
            yield text.found("text.fault", BLOCK, fault, lang)
        if not words(read.text):
            sentence = _("In plain text, nothing is left of this.")
            yield text.found("text.pictures_only", BLOCK, sentence, lang)
