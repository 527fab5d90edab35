"""Whether each figure of a text is right, and what it should be."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from engagement.evidence.checker import sums
from engagement.evidence.checker.reading import Base, Printed, bases, figures, plain
from engagement.metrics.words import half_up

# Wrong rounding and cutting off are less than a point away.
NEAR = Decimal(1)
PARAGRAPH = re.compile(r"\n\s*\n")
NUMBER = re.compile(
    r"^[-\s]*(?:<sup>(?P<note>\d+)</sup>|(?P<deep>\d+(?:\.\d+)+)\b|(?P<flat>\d+)\.\s)",
    re.MULTILINE,
)
OF_THOSE = re.compile(
    r"\s*(?:of\s+(?:those|these)|o['\u2019]r\s+rhai)\b", re.IGNORECASE
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÂÊÎÔÛŴŶ])")
# As many paragraphs back a base of some of them may have been given in parts.
BACK = 8


class Status(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    ROUGH = "rough"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """`printed` is as in the text, `right` what it should say; `base` is None where none
    is known that fits. `paragraph` is its number, where it has one."""

    line: int
    paragraph: str
    printed: str
    status: Status
    part: int | None = None
    base: int | None = None
    right: str = ""


def check(text: str, given: Sequence[int] = ()) -> list[Finding]:
    """Every figure, in the order of the text. `given` are bases known from elsewhere.

    A percentage is held against the nearest base that makes it nearly right: stated ones
    first, then people who are mentioned, then, of "those asked", what counts nearby add
    up to. Where none does, but one is stated in the same paragraph, or given, it is wrong
    by that one; else its base is not known, and nothing is said against it.
    Raises reading.TooMany.
    """
    read = _Text(text, plain(text))
    found = figures(read.words)
    known = [Base(-1, number, stated=True) for number in given]
    known += bases(read.words, found)
    lines = [_finding(read, one, found, known) for one in found]
    lines += [_sum(read, one) for one in sums.read(read.words)]
    return sorted(lines, key=lambda line: line.line)


class _Text:
    """As it was given, in words that can be read, and where its parts begin."""

    def __init__(self, text: str, words: str) -> None:
        self.text, self.words = text, words
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.paragraphs = [0, *(found.end() for found in PARAGRAPH.finditer(text))]

    def paragraph(self, at: int, back: int = 0) -> int:
        """Where the paragraph begins, or the one so many before it."""
        return self.paragraphs[max(0, bisect(self.paragraphs, at) - 1 - back)]

    def finding(self, start: int, end: int, status: Status) -> Finding:
        line = bisect(self.lines, start)
        printed = " ".join(self.text[start:end].split())
        return Finding(line, self._number(start), printed, status)

    def _number(self, at: int) -> str:
        """The last one that begins a line of the paragraph; "" where there is none."""
        found = [*NUMBER.finditer(self.text, self.paragraph(at), at + 1)]
        return str(found[-1][found[-1].lastgroup or 0]) if found else ""


def _sum(read: _Text, one: sums.Sum) -> Finding:
    status = Status.RIGHT if one.right == one.total else Status.WRONG
    found = read.finding(one.start, one.end, status)
    return found._replace(part=one.total, right=str(one.right))


def _finding(
    read: _Text, one: Printed, all_: list[Printed], known: list[Base]
) -> Finding:
    place = read.finding(one.start, one.end, Status.UNKNOWN)._replace(part=one.part)
    if one.about:
        return place._replace(status=Status.ROUGH)
    base = one.base or _base(read, one, all_, known)
    if base is None:
        return place
    right = half_up(_share(one.part, base), _places(one.percent))
    status = Status.RIGHT if right == one.percent else Status.WRONG
    return place._replace(status=status, base=base, right=f"{right}%")


def _base(
    read: _Text, one: Printed, all_: list[Printed], known: list[Base]
) -> int | None:
    possible = [base for base in known if base.number >= one.part]
    possible.sort(key=lambda base: (not base.stated, abs(base.start - one.start)))
    candidates = [base.number for base in possible]
    if OF_THOSE.match(read.words, one.end):
        candidates += _parts(read, one, all_)
    for number in candidates:
        if abs(_share(one.part, number) - one.percent) < NEAR:
            return number
    here = read.paragraph(one.start)
    near = [
        base.number
        for base in possible
        if base.stated and (base.start < 0 or read.paragraph(base.start) == here)
    ]
    return near[0] if near else None


def _parts(read: _Text, one: Printed, all_: list[Printed]) -> Iterator[int]:
    """What counts that stand together in a sentence add up to: the nearest first."""
    start = read.paragraph(one.start, back=BACK)
    before = [other for other in all_ if start <= other.start < one.start]
    for left, right in reversed(list(pairwise(before))):
        if not SENTENCE.search(read.words[left.end : right.start]):
            yield left.part + right.part
    yield from (other.part for other in reversed(before))


def _share(count: int, base: int) -> Decimal:
    return 100 * Decimal(count) / base


def _places(percent: Decimal) -> int:
    exponent = percent.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
