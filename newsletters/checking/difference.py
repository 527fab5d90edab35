"""Parity: both languages have the same headings, links, numbers, dates, pictures,
tables and notes. What differs is named, side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from newsletters.checking import addresses, dates, number_words, numbers
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded, Text
from newsletters.checking.structure import Structure, levels

MOST_NAMED = 8


def check(loaded: Loaded) -> Iterator[Finding]:
    neutral = addresses.neutral_for(loaded)
    for text in loaded.texts():
        if text.typed("en") and text.typed("cy"):
            yield from _structure(text, neutral)
            en, cy = text.read("en"), text.read("cy")
            yield from _figures(text, en.text, cy.text)
            yield from _figures(text, en.captions, cy.captions)
    for article in loaded.articles:
        for picture in article.pictures.all():
            if picture.alt_en and picture.alt_cy:
                text = Text(loaded.issue, article, "pictures")
                yield from _figures(text, picture.alt_en, picture.alt_cy)


def _structure(text: Text, neutral: Callable[[str], str]) -> Iterator[Finding]:
    en, cy = text.read("en"), text.read("cy")
    if levels(en.headings) != levels(cy.headings):
        sentence = _("The headings differ. English: %(en)s. Welsh: %(cy)s.")
        sides = {"en": _outline(en), "cy": _outline(cy)}
        yield text.found("parity.headings", BLOCK, sentence % sides)
    yield from _compare(
        text,
        "parity.links",
        _("The links differ. Only in English: %(en)s. Only in Welsh: %(cy)s."),
        [neutral(href) for href, _words in en.links],
        [neutral(href) for href, _words in cy.links],
    )
    yield from _compare(
        text,
        "parity.pictures",
        _("The pictures differ. Only in English: %(en)s. Only in Welsh: %(cy)s."),
        [source for source, _alt in en.images],
        [source for source, _alt in cy.images],
    )
    if en.tables != cy.tables:
        sentence = _(
            "The tables differ, in rows by columns. English: %(en)s. Welsh: %(cy)s."
        )
        sides = {"en": _sizes(en), "cy": _sizes(cy)}
        yield text.found("parity.tables", BLOCK, sentence % sides)
    if en.footnotes != cy.footnotes:
        sentence = _("The numbers of notes differ. English: %(en)s. Welsh: %(cy)s.")
        sides = {"en": str(en.footnotes), "cy": str(cy.footnotes)}
        yield text.found("parity.notes", BLOCK, sentence % sides)


def _figures(text: Text, en: str, cy: str) -> Iterator[Finding]:
    """Of the words alone: addresses have numbers of their own."""
    dates_en, en = dates.take(addresses.BARE.sub(" ", en))
    dates_cy, cy = dates.take(addresses.BARE.sub(" ", cy))
    sentence = _("The dates differ. Only in English: %(en)s. Only in Welsh: %(cy)s.")
    only_en, only_cy = _apart(dates_en, dates_cy)
    yield from _compare(
        text,
        "parity.dates",
        sentence,
        [dates.words(date) for date in only_en],
        [dates.words(date) for date in only_cy],
    )
    yield from _numbers(text, en, cy)


def _numbers(text: Text, en: str, cy: str) -> Iterator[Finding]:
    """Digits and words alike. A word that one language has and the other has nothing
    for is only worth a look: it may be a manner of speaking."""
    digits_en, en = numbers.take(en)
    digits_cy, cy = numbers.take(cy)
    words_en, words_cy = number_words.read(en, "en"), number_words.read(cy, "cy")
    only_en, only_cy = _apart(digits_en + words_en.sure, digits_cy + words_cy.sure)
    only_en, _spare = _apart(only_en, words_cy.perhaps)
    only_cy, _spare = _apart(only_cy, words_en.perhaps)
    if not {*only_en, *only_cy} & {*digits_en, *digits_cy} and not (
        only_en and only_cy
    ):
        sentence = _("In words in one language alone. English: %(en)s. Welsh: %(cy)s.")
        code, level = "parity.number_words", WARN
    else:
        sentence = _(
            "The numbers differ. Only in English: %(en)s. Only in Welsh: %(cy)s."
        )
        code, level = "parity.numbers", BLOCK
    yield from _compare(text, code, sentence, only_en, only_cy, level)


def _compare(
    text: Text,
    code: str,
    sentence: str,
    en: list[str],
    cy: list[str],
    level: str = BLOCK,
) -> Iterator[Finding]:
    only_en, only_cy = _apart(en, cy)
    if only_en or only_cy:
        sides = {"en": _listed(only_en), "cy": _listed(only_cy)}
        yield text.found(code, level, sentence % sides)


def _apart(en: Iterable[str], cy: Iterable[str]) -> tuple[list[str], list[str]]:
    """What each has more of, whatever the order: a sentence may turn round."""
    left, right = Counter(en), Counter(cy)
    return list((left - right).elements()), list((right - left).elements())


def _listed(found: list[str]) -> str:
    if not found:
        return _("none")
    more = ["…"] if len(found) > MOST_NAMED else []
    return ", ".join([*found[:MOST_NAMED], *more])


def _outline(found: Structure) -> str:
    pairs = zip(levels(found.headings), found.headings, strict=True)
    return _listed([f"{level} “{words}”" for level, (_typed, words) in pairs])


def _sizes(found: Structure) -> str:
    return _listed(
        [f"{rows} \N{MULTIPLICATION SIGN} {columns}" for rows, columns in found.tables]
    )
