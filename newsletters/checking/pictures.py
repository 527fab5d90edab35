"""What pictures show is said in both languages, for those who cannot see them.

A missing text is not a matter of parity: no second person can let it pass.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded
from newsletters.models import Article, Picture

NEEDLESS = re.compile(
    r"^\s*(an? |the )?(image|picture|photo|photograph|graphic|screenshot) (of|showing)\b"
    r"|^\s*(y )?(llun|delwedd|ffotograff|graffig) (o|yn dangos)\b",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(jpe?g|png|gif|webp|svg|heic)\s*$", re.IGNORECASE)
IN_TEXT = "picture:"


def check(loaded: Loaded) -> Iterator[Finding]:
    yield from _masthead(loaded)
    for article in loaded.articles:
        for picture in article.pictures.all():
            yield from _kept(loaded, article, picture)
    for text, lang, read in loaded.written():
        names = _names(text.thing)
        for source, alt in read.images:
            if source.removeprefix(IN_TEXT) not in names or IN_TEXT not in source:
                sentence = _("There is no picture “%(name)s” with the article.")
                named = {"name": source.removeprefix(IN_TEXT)}
                yield text.found("pictures.unknown", BLOCK, sentence % named, lang)
            elif alt and (sentence := _wrong(alt, source.removeprefix(IN_TEXT))):
                yield text.found("pictures.alt_text", WARN, sentence, lang)


def _names(thing: object) -> set[str]:
    if not isinstance(thing, Article):
        return set()
    return {picture.name for picture in thing.pictures.all()}


def _kept(loaded: Loaded, article: Article, picture: Picture) -> Iterator[Finding]:
    for lang in LANGUAGES:
        alt = getattr(picture, f"alt_{lang}").strip()
        if not alt:
            sentence = _("Nothing says what the picture “%(name)s” shows.")
            named = {"name": picture.name}
            yield loaded.found(
                "pictures.alt", BLOCK, sentence % named, article, "pictures", lang
            )
        elif sentence := _wrong(alt, picture.name, PurePath(str(picture.upload)).stem):
            yield loaded.found(
                "pictures.alt_text", WARN, sentence, article, "pictures", lang
            )


def _masthead(loaded: Loaded) -> Iterator[Finding]:
    newsletter = loaded.issue.newsletter
    for lang in LANGUAGES:
        if newsletter.masthead and not getattr(newsletter, f"masthead_alt_{lang}"):
            sentence = _("Nothing says what the picture at the top shows.")
            yield loaded.found(
                "pictures.alt", BLOCK, sentence, loaded.issue, "newsletter", lang
            )


def _wrong(alt: str, *names: str) -> str:
    """What is wrong with a text that is there, or ""."""
    if FILE.search(alt) or _letters(alt) in {_letters(name) for name in names}:
        return _("“%(alt)s” is the name of a file: say what the picture shows.") % {
            "alt": alt
        }
    if NEEDLESS.search(alt):
        return _("“%(alt)s”: leave out that it is a picture.") % {"alt": alt}
    return ""


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.lower()))
