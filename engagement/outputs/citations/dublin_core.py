"""The fifteen elements of Dublin Core (DCMES 1.1), of an output in both languages."""

from collections.abc import Iterator
from typing import NamedTuple

from engagement.core.bilingual import LANGUAGES
from engagement.outputs.citations import DOI, Cited, addresses, file_address, summary
from engagement.outputs.models import Output

# The DCMI Type Vocabulary.
TYPES = {"dataset": "Dataset", "index": "Dataset", "web": "InteractiveResource"}


class Element(NamedTuple):
    name: str
    value: str
    # Of the value; "" where it has none.
    lang: str = ""


def elements(cited: Cited) -> list[Element]:
    """In the order of the standard, none empty."""
    return [each for each in _elements(cited) if each.value]


def shown_in(found: list[Element], lang: str) -> list[Element]:
    """For a page: those in its language, and in another what has none in its own."""
    told = {each.name for each in found if each.lang == lang}
    return [e for e in found if e.lang in ("", lang) or e.name not in told]


def _elements(cited: Cited) -> Iterator[Element]:
    output = cited.output
    for lang in LANGUAGES:
        yield Element("title", getattr(output, f"title_{lang}"), lang)
    for author in cited.authors:
        name = ", ".join(filter(None, (author.family, author.given)))
        yield Element("creator", name)
    for lang in LANGUAGES:
        for subject in output.subjects.all():
            yield Element("subject", getattr(subject, f"name_{lang}"), lang)
    for lang in LANGUAGES:
        yield Element("description", summary(output, lang), lang)
    yield Element("publisher", output.publisher)
    day = cited.day
    yield Element("date", day.isoformat() if day else str(cited.year or ""))
    yield Element("type", TYPES.get(output.kind, "Text"))
    for content_type in sorted({file.content_type for file in cited.files}):
        yield Element("format", content_type)
    yield from _identifiers(cited)
    for lang in sorted(_languages(cited)):
        yield Element("language", lang)
    yield from _relations(cited)
    yield Element("rights", cited.licence)


def _identifiers(cited: Cited) -> Iterator[Element]:
    output = cited.output
    for lang, address in addresses(output).items():
        yield Element("identifier", address, lang)
    yield Element("identifier", DOI + cited.doi if cited.doi else "")
    yield Element("identifier", f"urn:isbn:{cited.isbn}" if cited.isbn else "")
    yield Element("source", f"{output.series} {output.number}".strip())
    yield Element("source", f"urn:issn:{output.issn}" if output.issn else "")


def _languages(cited: Cited) -> set[str]:
    """Those of the files; of a record without any, those of its titles."""
    found = {file.language for file in cited.files}
    if "both" in found:
        return set(LANGUAGES)
    return found or {
        lang for lang in LANGUAGES if getattr(cited.output, f"title_{lang}")
    }


def _relations(cited: Cited) -> Iterator[Element]:
    for file in cited.files:
        yield Element("relation", file_address(file))
    older = cited.output.supersedes
    if older and older.status in (Output.Status.PUBLISHED, Output.Status.WITHDRAWN):
        for lang, address in addresses(older).items():
            yield Element("relation", address, lang)
