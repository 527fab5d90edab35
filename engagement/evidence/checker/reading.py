"""Which figures a text prints, and which bases it says they have."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.evidence.checker.counts import COUNT, in_digits, value

PERCENT = r"(?P<percent>\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent\b|y\s+cant\b)"
ABOUT = (
    r"(?P<about>(?:just|a\s+little|slightly|well|ychydig)\s+(?:under|over|below|above|dan|"
    r"o\s+dan|dros)|around|about|approximately|roughly|nearly|almost|over|under|up\s+to|"
    r"more\s+than|less\s+than|fewer\s+than|at\s+least|at\s+most|bron|tua|oddeutu|dros|dan|"
    r"mwy\s+na|llai\s+na|o\s+leiaf)?\s*"
)
OF = r"\s+(?:out\s+of|of|allan\s+o|o\s+blith|o)(?:\s+the|\s+all|\s+y|\s+yr|['\u2019]r)?\s+"
OR = r"(?:(?:or|neu|sef|i\.e\.|hynny\s+yw)\s+)?"
NOUNS = r"(?:\s+[^\W\d_][\w'\u2019-]*){0,7}?"
COUNTED = rf"(?P<count>{COUNT})"
BASE = rf"(?P<base>{COUNT})"

# The first of them that fits at a place is what stands there.
FIGURES = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{COUNTED}{OF}{BASE}{NOUNS}\s*[,(:\u2013-]\s*{OR}{ABOUT}{PERCENT}",
        rf"{ABOUT}{PERCENT}{NOUNS}\s*[,(\u2013-]\s*{COUNTED}{NOUNS}{OF}{BASE}",
        rf"{COUNTED}{NOUNS}\s*\(\s*{OR}{ABOUT}{PERCENT}",
        rf"{COUNTED}{NOUNS}\s*[,\u2013-]?\s*(?:or|neu)\s+{ABOUT}{PERCENT}",
        rf"{ABOUT}{PERCENT}\s*\(\s*{COUNTED}{NOUNS}\s*\)",
    )
]
# One in four is no count of one.
NO_COUNT = re.compile(r"\b(?:in|ym\s+mhob|o\s+bob|Figure|Table|Ffigur|Tabl)\s+$", re.I)

PEOPLE = (
    r"(?:respondents?|responses?|replies|people|persons|participants?|interviewees|"
    r"completed|ymatebwyr|ymatebydd|ymatebion|ymateb|o\s+bobl|o\s+ymatebwyr|cyfranogwyr)\b"
)
STATED = re.compile(
    rf"\b(?:base|sail|sylfaen)\s*[:=]\s*{COUNTED}"
    rf"|\b(?:population|sample|base|poblogaeth|sampl|sail)\s+(?:of|o)\s+(?P<second>{COUNT})"
    rf"|(?:\b(?:of|all|among|o|pob|ymhlith)|['\u2019]r)\s+(?:the\s+)?(?P<third>{COUNT})"
    rf"\s+(?:[^\W\d_]+\s+)?{PEOPLE}",
    re.IGNORECASE,
)
MENTIONED = re.compile(rf"{COUNTED}\s+(?:[^\W\d_]+\s+)?{PEOPLE}", re.IGNORECASE)

# Each is held against all bases.
MOST = 2000

MARKS = re.compile(r"<sup>.*?</sup>|</?[a-z][^>\n]*>|[*_`]", re.IGNORECASE)


class TooMany(Refused):
    """More figures than can be checked while somebody waits."""


class Printed(NamedTuple):
    """A percentage and what it is of, as the text has them. `base` is None where it is
    not beside them; `about` says that the text means only roughly."""

    start: int
    end: int
    part: int
    base: int | None
    percent: Decimal
    about: bool


class Base(NamedTuple):
    """`stated` where the text calls it a base, and not just people."""

    start: int
    number: int
    stated: bool


def plain(text: str) -> str:
    """As long as the text: marks are spaces, and numbers in words are in digits."""
    return in_digits(MARKS.sub(lambda found: " " * len(found[0]), text))


def figures(text: str) -> list[Printed]:
    """In their order, none over another. Raises TooMany."""
    found: list[Printed] = []
    free = bytearray(b"1") * len(text)
    for form in FIGURES:
        for match in form.finditer(text):
            start, end, count = match.start(), match.end(), match.start("count")
            if 0 in free[start:end] or NO_COUNT.search(text, max(0, count - 20), count):
                continue
            free[start:end] = bytes(end - start)
            found.append(_printed(match))
    if len(found) > MOST:
        raise TooMany(
            _("The text has more than %(most)s figures; check parts of it.")
            % {"most": MOST}
        )
    return sorted(found)


def bases(text: str, taken: list[Printed]) -> list[Base]:
    """Those that the text states or mentions, but for counts that have a percentage."""
    found = [
        Base(one.start, one.base, stated=True) for one in taken if one.base is not None
    ]
    found += [
        Base(
            match.start(),
            value(match["count"] or match["second"] or match["third"]),
            stated=True,
        )
        for match in STATED.finditer(text)
        if not any(one.start <= match.start("third") < one.end for one in taken)
    ]
    found += _mentioned(text, taken)
    return [one for one in found if one.number]


def _mentioned(text: str, taken: list[Printed]) -> Iterator[Base]:
    for match in MENTIONED.finditer(text):
        inside = any(one.start <= match.start() < one.end for one in taken)
        if not inside:
            yield Base(match.start(), value(match["count"]), stated=False)


def _printed(match: re.Match[str]) -> Printed:
    parts = match.groupdict()
    return Printed(
        start=match.start(),
        end=match.end(),
        part=value(parts["count"]),
        base=value(parts["base"]) if parts.get("base") else None,
        percent=Decimal(parts["percent"]),
        about=bool(parts["about"]),
    )
