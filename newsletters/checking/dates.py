"""Dates and times as people write them in English and in Welsh, in one spelling."""

import re
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

# With what Welsh makes of a name after another word ("o Fai", "ym mis Rhagfyr", "i
# Ragfyr"), and short forms. The two languages share no name for different months.
NAMES = (
    "January Jan Ionawr Ion",
    "February Feb Chwefror Chwef",
    "March Mar Mawrth Fawrth Maw",
    "April Apr Ebrill Ebr",
    "May Mai Fai",
    "June Jun Mehefin Fehefin Meh",
    "July Jul Gorffennaf Orffennaf Ngorffennaf Gorff",
    "August Aug Awst",
    "September Sept Sep Medi Fedi",
    "October Oct Hydref Hyd",
    "November Nov Tachwedd Dachwedd Thachwedd Nhachwedd Tach",
    "December Dec Rhagfyr Ragfyr Rhag",
)
NUMBERS = {
    name.lower(): number
    for number, names in enumerate(NAMES, start=1)
    for name in names.split()
}
# Alone, these may be another word: the verb, "to march", Tuesday, "mai" (that).
UNSURE = {"may", "mai", "fai", "march", "mawrth", "fawrth"}
SURE = [
    name.capitalize() for name in NUMBERS if len(name) > 3 and name not in UNSURE
] + ["Medi", "Fedi"]

MONTH = r"(?P<month>" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")\b\.?"
# "dydd Mawrth" is Tuesday.
MONTH_FIRST = r"(?<!dydd )(?<!nos )\b" + MONTH
END = r"(?:st|nd|rd|th|af|ail|il|ydd|edd|fed|ed|eg|ain)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
        rf"\b{DAY}(?P<dot>[/.-])(?P<number>1[0-2]|0?[1-9])(?P=dot){YEAR}",
        rf"\b{DAY}{END}?\s+(?:(?:of|o)\s+)?(?:[fm]is\s+)?{MONTH}(?:,?\s+{YEAR})?",
        rf"{MONTH_FIRST}\s+{DAY}(?:{END}?,?\s+{YEAR}|{END}\b|(?=\s*(?:[.,;)]|$)))",
        rf"{MONTH_FIRST},?\s+(?:o\s+)?{YEAR}",
    )
]
ALONE = re.compile(r"\b(?P<month>" + "|".join(SURE) + r")\b")
TIMES = [
    re.compile(
        r"\b(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?\s?"
        r"(?P<half>a\.?m\b\.?|p\.?m\b\.?|y\.?[bph]\b\.?|y bore|y prynhawn|yr hwyr)",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b"),
]


@lru_cache(maxsize=1024)
def take(text: str) -> tuple[tuple[str, ...], str]:
    """The dates and times of a text, and the text without them.

    They come back as "2011-05-03", "05-03", "2011-05", "05" and "14:30".
    """
    found: list[str] = []
    for form in [*FORMS, ALONE]:
        text = form.sub(lambda match: _keep(found, _date(match)), text)
    for form in TIMES:
        text = form.sub(lambda match: _keep(found, _time(match)), text)
    return tuple(found), text


def words(spelling: str) -> str:
    """A date from `take` for a reader."""
    if ":" in spelling:
        return spelling
    parts = spelling.split("-")
    year = parts.pop(0) if len(parts[0]) == 4 else ""
    month = str(MONTHS[int(parts[0])])
    day = str(int(parts[1])) if len(parts) > 1 else ""
    return _("%(day)s %(month)s %(year)s") % {"day": day, "month": month, "year": year}


def _keep(found: list[str], spelling: str) -> str:
    found.append(spelling)
    # A mark that is no part of a number or word.
    return " · "


def _date(match: re.Match[str]) -> str:
    parts = match.groupdict()
    number = parts.get("number") or NUMBERS[parts["month"].lower()]
    day = parts.get("day")
    return "-".join(
        part
        for part in (
            parts.get("year") or "",
            f"{int(number):02}",
            f"{int(day):02}" if day else "",
        )
        if part
    )


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match.groupdict().get("half") or "").lower().replace(".", "")
    if half:
        is_late = half in {"pm", "yp", "yh", "y prynhawn", "yr hwyr"}
        hour = hour % 12 + (12 if is_late else 0)
    return f"{hour:02}:{minute}"
