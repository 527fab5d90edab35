"""How two texts differ, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Beyond this many words whole lines are compared: comparing takes the square of it.
MANY = 4000


class Part(NamedTuple):
    """A stretch of text; `kind` is "same", "gone" or "new"."""

    kind: str
    text: str


def between(old: str, new: str) -> list[Part]:
    """In reading order; what is gone stands before what is new in its place."""
    one, two = _cut(old, r"\s+|\S+"), _cut(new, r"\s+|\S+")
    if max(len(one), len(two)) > MANY:
        one, two = _cut(old, r"[^\n]*\n|[^\n]+"), _cut(new, r"[^\n]*\n|[^\n]+")
    found: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, False).get_opcodes():
        if tag == "equal":
            found.append(Part("same", "".join(one[a:b])))
            continue
        found += [Part("gone", "".join(one[a:b]))] if b > a else []
        found += [Part("new", "".join(two[c:d]))] if d > c else []
    return found


def _cut(text: str, pieces: str) -> Sequence[str]:
    return re.findall(pieces, text)
