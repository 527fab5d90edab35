"""Numbers as people write them in English and in Welsh, in one spelling."""

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
# With the forms that Welsh gives them after another word, and for men and women.
SAID = {
    "en": {
        1: "one first once",
        2: "two second twice both",
        3: "three third",
        4: "four fourth",
        5: "five fifth",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        20: "twenty",
        30: "thirty",
        40: "forty",
        50: "fifty",
        100: "hundred",
    },
    "cy": {
        1: "un cyntaf gyntaf unwaith",
        2: "dau ddau dwy ddwy ail dwywaith ddwywaith",
        3: "tri dri thri tair dair thair trydydd trydedd",
        4: "pedwar bedwar phedwar pedair bedair phedair",
        5: "pump bump phump pum bum phum pumed bumed",
        6: "chwech chwe",
        7: "saith",
        8: "wyth",
        9: "naw",
        10: "deg ddeg deng ddeng",
        12: "deuddeg ddeuddeg deuddeng ddeuddeng",
        20: "ugain hugain",
        100: "cant gant chant",
    },
}
WORDS = {
    lang: {word: str(number) for number, said in table.items() for word in said.split()}
    for lang, table in SAID.items()
}


def read(text: str) -> list[str]:
    """The numbers written in digits: "1234", "18.3%", "-5"; the two of a range each."""
    return [_spell(match) for match in NUMBER.finditer(text)]


def in_words(text: str, language: str) -> set[str]:
    """What the number words of a text could stand for."""
    known = WORDS[language]
    said = re.findall(r"[^\W\d_]+", text.lower())
    return {known[word] for word in said if word in known}


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
