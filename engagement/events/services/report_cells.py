"""Times and durations as Teams and Zoom write them."""

import re
from datetime import datetime, timedelta

# "11/23/2026, 10:01:22 AM", "23.11.2026 10:01", "2026-11-23 10:01:22", and with the
# letters that Welsh has for morning and afternoon (CLDR, cy: yb, yh).
TIME = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4}),? (\d{1,2})[:.](\d\d)(?:[:.](\d\d))?"
    r"(?: ?(a\.?m\.?|p\.?m\.?|yb|yh))?",
    re.IGNORECASE,
)
# As Zoom's webinars have them: "Nov 23, 2026 10:01:22 AM".
WORDED = ("%b %d, %Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p")
# "1h 2m 3s" of Teams, "62" of Zoom, "PT1H2M3S" of ISO 8601.
DURATION = re.compile(
    r"(?:pt)?(?:(\d+) ?h)? ?(?:(\d+) ?m(?:in)?)? ?(?:(\d+) ?s)?", re.IGNORECASE
)
LONGEST = timedelta(days=31)


def clean(cell: str) -> str:
    """Trimmed, every space a plain one (Teams has U+202F before PM), without marks of
    direction; "--" is how Zoom says nothing."""
    cell = " ".join(cell.replace("\u200e", "").replace("\u200f", "").split())
    return "" if cell == "--" else cell


def time(cell: str, *, day_first: bool) -> datetime | None:
    """By some clock. None where it is no time in that order of day and month."""
    if found := TIME.fullmatch(cell):
        return _from_numbers(found, day_first=day_first)
    for form in WORDED:
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007 - the event's clock
        except ValueError:
            continue
    return None


def _from_numbers(found: re.Match[str], *, day_first: bool) -> datetime | None:
    first, second, third, hour, minute = (int(found[place]) for place in range(1, 6))
    if len(found[1]) == 4:
        year, month, day = first, second, third
    else:
        year = third + 2000 if third < 100 else third
        day, month = (first, second) if day_first else (second, first)
    half = (found[7] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in {"pm", "yh"} else 0)
    try:
        return datetime(year, month, day, hour, minute, int(found[6] or 0))  # noqa: DTZ001
    except ValueError:
        return None


def duration(cell: str) -> timedelta | None:
    """None where it is none, or longer than a month."""
    if cell.isdecimal() and len(cell) < 6:
        long = timedelta(minutes=int(cell))
    elif cell and (found := DURATION.fullmatch(cell)) and any(found.groups()):
        hours, minutes, seconds = (
            int(part[:6] if part else 0) for part in found.groups()
        )
        long = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    else:
        return None
    return long if long <= LONGEST else None
