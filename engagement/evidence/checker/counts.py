"""Whole numbers as they are written in English and in Welsh, in digits and in words.

Welsh has them by tens (un deg tri) and as they were counted of old (tri ar ddeg), each
word of them with its mutations.
"""

import re

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

UNITS = [
    *("un", "dau|dwy|ddau|ddwy", "tri|tair|dri|dair|thri|thair"),
    *("pedwar|pedair|bedwar|bedair|phedwar|phedair", "pump|pum|bump|bum|phump|phum"),
    *("chwech|chwe", "saith", "wyth", "naw"),
]
OF_OLD = {
    "deg|ddeg|deng": 10,
    "un ar ddeg": 11,
    "deuddeg|ddeuddeg|deuddeng": 12,
    "pymtheg|bymtheg|phymtheg|pymtheng": 15,
    "deunaw|ddeunaw": 18,
    "ugain|hugain": 20,
}


def _english() -> dict[str, int]:
    found = {word: number for number, word in enumerate([*ONES, *TEENS], 1)}
    for ten, word in enumerate(TENS, 2):
        found[word] = 10 * ten
        for one, unit in enumerate(ONES, 1):
            found[f"{word}-{unit}"] = found[f"{word} {unit}"] = 10 * ten + one
    return found


def _welsh() -> dict[str, int]:
    units = {word: n for n, words in enumerate(UNITS, 1) for word in words.split("|")}
    found = units | {w: n for words, n in OF_OLD.items() for w in words.split("|")}
    for word, number in units.items():
        for ending, on in (("ar ddeg", 10), ("ar bymtheg", 15), ("ar hugain", 20)):
            found[f"{word} {ending}"] = number + on
        for ten in ("deg", "ddeg"):
            found[f"{word} {ten}"] = 10 * number
            for unit, more in units.items():
                found[f"{word} {ten} {unit}"] = 10 * number + more
    return found


WORDS = _english() | _welsh()
_UNIT = "|".join(UNITS)
SPELLED = re.compile(
    rf"\b(?:(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(ONES)}))?|{'|'.join(TEENS + ONES)}"
    rf"|un\s+ar\s+ddeg|(?:{_UNIT})\s+ar\s+(?:ddeg|bymtheg|hugain)"
    rf"|(?:{_UNIT})\s+dd?eg(?:\s+(?:{_UNIT}))?|{'|'.join(OF_OLD)}|{_UNIT})(?![\w-])",
    re.IGNORECASE,
)
# A number that is no part of a longer one, of a paragraph's number or of an amount.
COUNT = r"(?<![\w.,£$€/-])(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?![\w%/]|[.,]\d|-\w)"


def value(written: str) -> int:
    """Of what `COUNT` has matched."""
    return int(written.replace(",", ""))


def in_digits(text: str) -> str:
    """With the numbers that are spelled out in digits, and as long as it was: the rest of
    a word is spaces."""
    return SPELLED.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    number = WORDS.get(re.sub(r"\s+", " ", match[0].casefold()))
    return match[0] if number is None else str(number).ljust(len(match[0]))
