"""Outputs by words in both languages: the same hits from every database."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from engagement.core import folding
from engagement.core.bilingual import active, other
from engagement.outputs.models import Output
from engagement.outputs.services.search import passages

# More than anybody types; what comes after is left out.
LONGEST, MOST = 200, 20
SQLITE = """SELECT entry.output_id, entry.language, outputs_search.rank
    FROM outputs_search JOIN outputs_searchentry entry
    ON entry.id = outputs_search.rowid WHERE outputs_search MATCH %s"""
POSTGRESQL = """SELECT output_id, language, -ts_rank(vector, query)
    FROM outputs_searchentry, to_tsquery('simple', %s) query WHERE vector @@ query"""
# Words shown on each side of what was found.
AROUND = 14


class Asked(NamedTuple):
    """Phrases of folded words, all of which are needed; the last word may go on."""

    phrases: list[list[str]]
    goes_on: bool


class Found(NamedTuple):
    """An output and the language whose words were found; the reader's where both were."""

    output_id: int
    language: str


class Result(NamedTuple):
    """For the page: where the words stand in a text of the output, or how its summary
    begins, and the language of that."""

    output: Output
    snippet: SafeString
    language: str


def search(words: str, outputs: QuerySet[Output]) -> list[Found]:
    """Those of `outputs` with all the words, the likeliest first, else in their order.

    Double quotes hold words together. Nothing that is typed is an error: signs are taken
    for spaces, and what has no word in it finds nothing.
    """
    asked = understood(words)
    if not asked.phrases:
        return []
    ranks: dict[int, float] = {}
    languages: dict[int, set[str]] = defaultdict(set)
    for output_id, language, rank in _rows(asked):
        ranks[output_id] = min(rank, ranks.get(output_id, rank))
        languages[output_id].add(language)
    allowed = outputs.filter(pk__in=ranks).values_list("pk", flat=True)
    return [
        Found(pk, active() if active() in languages[pk] else other(active()))
        for pk in sorted(allowed, key=ranks.__getitem__)
    ]


def understood(words: str) -> Asked:
    """'the "child index" 22/2011' is three phrases: what signs part stays together."""
    parts = re.split(r'"([^"]*)(?:"|$)', words[:LONGEST])
    phrases: list[list[str]] = []
    for place, part in enumerate(parts):
        phrases.extend(map(folding.words, [part] if place % 2 else part.split()))
    phrases = [phrase for phrase in phrases if phrase][:MOST]
    return Asked(phrases, not words.rstrip().endswith('"'))


def _rows(asked: Asked) -> list[tuple[int, str, float]]:
    """A lower rank is better, in both."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(SQLITE, [_fts5(asked)])
        else:
            cursor.execute(POSTGRESQL, [_tsquery(asked)])
        rows: list[tuple[int, str, float]] = cursor.fetchall()
    return rows


def _fts5(asked: Asked) -> str:
    phrases = [f'"{" ".join(phrase)}"' for phrase in asked.phrases]
    return " AND ".join(phrases) + ("*" if asked.goes_on else "")


def _tsquery(asked: Asked) -> str:
    phrases = [" <-> ".join(f"'{w}'" for w in phrase) for phrase in asked.phrases]
    if asked.goes_on:
        phrases[-1] += ":*"
    return " & ".join(f"({phrase})" for phrase in phrases)


def with_snippets(found: Iterable[Found], words: str) -> list[Result]:
    """In the order of `found`."""
    hits = list(found)
    rows = Output.objects.prefetch_related("authors", "subjects", "terms", "editions")
    outputs = rows.select_related("study").in_bulk([hit.output_id for hit in hits])
    asked = understood(words)
    shown = ((outputs[hit.output_id], hit.language) for hit in hits)
    return [Result(output, *_shown(output, lang, asked)) for output, lang in shown]


def _shown(output: Output, language: str, asked: Asked) -> tuple[SafeString, str]:
    for lang in (language, other(language)):
        texts = passages(output, lang)
        for text in texts:
            if (marked := snippet(text, asked)) is not None:
                return marked, lang
    for lang in (language, other(language)):
        if start := " ".join(passages(output, lang)[:1]):
            return _cut(start, folding.spans(start), set(), 0), lang
    return SafeString(""), language


def snippet(text: str, asked: Asked) -> SafeString | None:
    """The part of `text` where the first of the phrases stands, each marked; None where
    there is none. All else is escaped."""
    spans = folding.spans(text)
    marked: set[int] = set()
    for place, phrase in enumerate(asked.phrases):
        goes_on = asked.goes_on and place == len(asked.phrases) - 1
        marked |= _places([word for word, _, _ in spans], phrase, goes_on)
    return _cut(text, spans, marked, min(marked)) if marked else None


def _places(words: list[str], phrase: list[str], goes_on: bool) -> set[int]:
    """Where words of the phrase stand."""
    found: set[int] = set()
    whole, last = phrase[:-1], phrase[-1]
    for start in range(len(words) - len(phrase) + 1):
        end = start + len(whole)
        is_last = words[end].startswith(last) if goes_on else words[end] == last
        if is_last and words[start:end] == whole:
            found |= set(range(start, end + 1))
    return found


def _cut(
    text: str, spans: list[tuple[str, int, int]], marked: set[int], around: int
) -> SafeString:
    first, last = max(0, around - AROUND), min(len(spans), around + 2 * AROUND)
    if not spans[first:last]:
        return SafeString("")
    at = spans[first][1] if first else 0
    parts = ["… "] if first else []
    for number in range(first, last):
        _, start, end = spans[number]
        word = escape(text[start:end])
        parts.append(escape(text[at:start]))
        parts.append(f"<mark>{word}</mark>" if number in marked else word)
        at = end
    parts.append(" …" if last < len(spans) else escape(text[at:]))
    # Each part was escaped above.
    return mark_safe("".join(parts))  # noqa: S308
