"""Numbers in digits as people write them in English and in Welsh, in one spelling."""

import re
from decimal import Decimal

NUMBER = re.compile(
    r"(?<!\w)(?<!\d\.)"
    r"(?P<sign>(?<!\S)[-\N{MINUS SIGN}])?"
    # 1,234 and 1 234, whichever space it is.
    r"(?P<digits>\d{1,3}(?P<gap>[,\u0020\u00a0\u2007\u2009\u202f])\d{3}"
    r"(?:(?P=gap)\d{3})*(?!\d)|\d+)"
    r"(?P<decimals>\.\d+)?"
    r"(?:\s?(?P<times>million|miliwn|filiwn|billion|biliwn|bn)\b)?"
    r"(?P<percent>\s?%|\s(?:per ?cent|y cant)\b)?",
    re.IGNORECASE,
)
TIMES = {
    **dict.fromkeys(("million", "miliwn", "filiwn"), Decimal(10**6)),
    **dict.fromkeys(("billion", "biliwn", "bn"), Decimal(10**9)),
}


def take(text: str) -> tuple[list[str], str]:
    """The numbers written in digits: "1234", "18.3%", "-5", the two of a range each; and
    the text without them, with a mark in place of each."""
    found = [_spell(match) for match in NUMBER.finditer(text)]
    return found, NUMBER.sub(" · ", text)


def _spell(match: re.Match[str]) -> str:
    digits = match["digits"].replace(match["gap"] or ",", "")
    number = Decimal(digits + (match["decimals"] or ""))
    if match["times"]:
        number *= TIMES[match["times"].lower()]
    spelled = f"{number:f}"
    if "." in spelled:
        spelled = spelled.rstrip("0").rstrip(".")
    sign = "-" if match["sign"] and number else ""
    return sign + spelled + ("%" if match["percent"] else "")
