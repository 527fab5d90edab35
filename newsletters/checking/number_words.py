"""Numbers written as words in English and in Welsh, in the spelling of `numbers`.

Read are whole numbers, counting as Welsh schools do ("dau ddeg tri") and as the old do
("tri ar hugain", with a noun in between, too), percentages, and ordinals from the fourth.

What may be a number and is often none is only `perhaps` one: it makes good for a number
on the other side and asks for none. So are "one" and "un" (somebody; the same), "first",
"second" (of time), "third" (a share), "both", "once", "twice", and what stands for them.
Left out are halves and quarters, negatives, "hundreds" and "thousands" of something, and
what is counted in scores beyond a hundred; "filiwn" is a million, though it could be a
billion.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from newsletters.checking.number_tables import (
    AFTER_SHORT,
    AND,
    DEG,
    ENGLISH,
    ON,
    SHORT,
    WELSH,
    Words,
)

WORDS = {"en": ENGLISH, "cy": WELSH}
# A word, or what parts one number from the next; a hyphen does not.
TOKEN = re.compile(r"[^\W\d_]+|\n|[\d_]+|[^\s\w-]+")
OTHER_AFTER = {"cant": {"y"}, "deg": {"yn", "n", "masnach", "fasnach"}}
# Nobody need ask whether there is a next word.
END = [""] * 4

Tokens = list[str]
# A number, and the place after it.
Part = tuple[int, int]


class Said(NamedTuple):
    sure: list[str]
    perhaps: list[str]


@lru_cache(maxsize=1024)
def read(text: str, language: str) -> Said:
    """Nobody may change what comes back."""
    tokens, words, said = (
        TOKEN.findall(text.lower()) + END,
        WORDS[language],
        Said([], []),
    )
    at = 0
    while tokens[at]:
        found = None if _is_other(tokens, at) else _number(tokens, at, words)
        unsure = words.perhaps.get(tokens[at])
        if found and not (unsure is not None and found[1] == at + 1):
            number, at = found
            sign = "%" if _percent(tokens, at, words) else ""
            said.sure.append(f"{number}{sign}")
            continue
        if unsure is not None:
            said.perhaps.append(str(unsure))
        at += 1
    return said


def _number(tokens: Tokens, at: int, words: Words) -> Part | None:
    """Millions, thousands and what is below, the greater first."""
    total = least = 0
    while True:
        start = at + (total > 0 and tokens[at] in words.joins)
        part = _hundreds(tokens, start, words)
        value, after = part or (1, start)
        scale = words.scales.get(tokens[after], 0)
        if scale and (not total or (part and scale < least)):
            total, least, at = total + value * scale, scale, after + 1
            continue
        if part and not scale and (not total or value < least):
            return total + value, after
        return (total, at) if total else part


def _hundreds(tokens: Tokens, at: int, words: Words) -> Part | None:
    small = _small(tokens, at, words)
    value, after = small or (1, at)
    if not _is_hundred(tokens, after, words, counted=small is not None):
        return small
    after += 1
    rest = _small(tokens, after + (tokens[after] in words.joins), words)
    # "Between one hundred and two hundred" are two numbers.
    if rest and not _is_hundred(tokens, rest[1], words, counted=True):
        return value * 100 + rest[0], rest[1]
    return value * 100, after


def _is_hundred(tokens: Tokens, at: int, words: Words, *, counted: bool) -> bool:
    if tokens[at] in words.hundreds:
        return True
    is_short = words is WELSH and counted and tokens[at] in SHORT
    return is_short and tokens[at + 1] in AFTER_SHORT


def _small(tokens: Tokens, at: int, words: Words) -> Part | None:
    """Below a hundred."""
    if words is WELSH:
        return _welsh(tokens, at)
    word, following = tokens[at], tokens[at + 1]
    if tens := words.tens.get(word):
        one = words.ones.get(following) or _ordinal(following, words)
        return (tens + one, at + 2) if 0 < one < 10 else (tens, at + 1)
    value = words.ones.get(word) or words.alone.get(word) or words.ordinals.get(word)
    return (value, at + 1) if value else None


def _ordinal(word: str, words: Words) -> int:
    return words.ordinals.get(word, 0) or words.perhaps.get(word, 0)


def _welsh(tokens: Tokens, at: int) -> Part | None:
    word, following = tokens[at], tokens[at + 1]
    if (word, following) == ("hanner", "cant"):
        return 50, at + 2
    one = WELSH.ones.get(word, 0)
    if one and following in DEG:
        more = WELSH.ones.get(tokens[at + 2], 0)
        return one * 10 + more, at + 2 + bool(more)
    if one == 4 and following == "ugain":
        return 80, at + 2
    value = one or WELSH.alone.get(word, 0)
    if found := _on(tokens, at + 1, value or _ordinal(word, WELSH)):
        return found
    value = value or WELSH.ordinals.get(word, 0)
    return (value, at + 1) if value else None


def _on(tokens: Tokens, at: int, value: int) -> Part | None:
    """As in "un ar ddeg", "tair blynedd ar hugain", "deg a thrigain"."""
    if not value:
        return None
    for place in (at, at + 1):
        if tokens[place] == "ar" and (more := ON.get(tokens[place + 1])):
            after = place + 2
            return _on(tokens, after, value + more) or (value + more, after)
    if tokens[at] in WELSH.joins:
        if more := AND.get(tokens[at + 1]):
            return value + more, at + 2
        if tokens[at + 1 : at + 3] == ["phedwar", "ugain"]:
            return value + 80, at + 3
    return None


def _percent(tokens: Tokens, at: int, words: Words) -> bool:
    return any(tokens[at : at + len(said)] == said for said in words.percents)


def _is_other(tokens: Tokens, at: int) -> bool:
    """The end of "y cant" is no hundred; "Dechrau'n Deg" and "Masnach Deg" are fair."""
    return at > 0 and tokens[at - 1] in OTHER_AFTER.get(tokens[at], ())
