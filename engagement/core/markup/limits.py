"""What is too much for a text: the library reads some shapes in quadratic time, and
others so deep that Python gives up. Each limit is far above what a writer needs; what
stays within all of them is read in well under a second (tests measure it)."""

import re

from django.utils.translation import gettext as _

from engagement.core.errors import Refused

MOST_LETTERS = 60_000
MOST_LINES = 2_000
MOST_BRACKETS = 1_000
MOST_SIGNS = 8_000
MOST_CELLS = 5_000
DEEPEST = 12
MOST_OPEN = 60

SIGNS = "*_`<&\\"
INDENT = 4
OPENERS = re.compile(r"[ \t]*(?:[>:]|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t]))")
# A sign of emphasis, or the end of a paragraph; one inside a word is a letter.
SIGN = re.compile(r"\n[ \t]*\n|(?<!\\)(?:[*]+|(?<!\w)_+|_+(?!\w))")
RULE = re.compile(r"[ >]*(?:[*][* ]*|-[- ]*|_[_ ]*)")


class TooComplex(Refused):
    """The text is longer or more entangled than can be read quickly."""


def check(text: str) -> None:
    """Raises TooComplex, saying which limit is passed."""
    if why := why_not(text):
        raise TooComplex(why)


def why_not(text: str) -> str:
    """Which limit `text` passes, as a sentence; "" where it passes none."""
    if len(text) > MOST_LETTERS:
        return _("The text is too long: it can have %(most)s letters at most.") % {
            "most": MOST_LETTERS
        }
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        words = _("The text is too long: it can have %(most)s lines at most.")
        return words % {"most": MOST_LINES}
    if text.count("[") > MOST_BRACKETS:
        words = _("The text can have %(most)s square brackets at most.")
        return words % {"most": MOST_BRACKETS}
    if sum(map(text.count, SIGNS)) > MOST_SIGNS:
        words = _("The text can have %(most)s of the signs %(signs)s at most.")
        return words % {"most": MOST_SIGNS, "signs": " ".join(SIGNS)}
    if _cells(lines) > MOST_CELLS:
        words = _("The tables can have %(most)s cells at most, all together.")
        return words % {"most": MOST_CELLS}
    for number, line in enumerate(lines, start=1):
        if _depth(line) > DEEPEST:
            words = _("Line %(line)s: lists and quotations stand too deep in others.")
            return words % {"line": number}
    if _open(text) > MOST_OPEN:
        return tangled()
    return ""


def tangled() -> str:
    return _("Signs of emphasis (* and _) stand too deep in others.")


def _cells(lines: list[str]) -> int:
    """At most so many: each row of a table has as many cells as its first row."""
    cells = columns = 0
    for line in lines:
        if not line.strip():
            columns = 0
            continue
        columns = max(columns, line.count("|"))
        cells += columns
    return cells


def _depth(line: str) -> int:
    if RULE.fullmatch(line):
        return 0
    at = depth = 0
    while found := OPENERS.match(line, at):
        at, depth = found.end(), depth + 1
    if not depth:
        return 0
    bare = line.expandtabs(INDENT)
    return depth + (len(bare) - len(bare.lstrip(" "))) // INDENT


def _open(text: str) -> int:
    """How many signs of emphasis wait for their other half, where there are most."""
    waiting: list[str] = []
    most = 0
    for found in SIGN.finditer(text):
        sign = found.group()
        start, end = found.span()
        opens = bool(text[end : end + 1].strip())
        shuts = bool(text[max(start - 1, 0) : start].strip())
        if sign[0] == "\n":
            waiting = []
        elif shuts and sign in waiting:
            del waiting[len(waiting) - 1 - waiting[::-1].index(sign) :]
        elif opens:
            waiting.append(sign)
            most = max(most, len(waiting))
        if most > MOST_OPEN:
            break
    return most
