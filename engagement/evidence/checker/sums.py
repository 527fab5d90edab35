"""Totals that a text gives with their parts."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from engagement.evidence.checker.counts import COUNT, value

NOUNS = r"(?:\s+[^\W\d_][\w'\u2019-]*){0,8}?"
PART = rf"{COUNT}{NOUNS}"
LIST = rf"(?P<parts>{PART}(?:\s*,\s*{PART}){{0,12}}\s*,?\s+(?:and|a|ac)\s+{PART})"
IN_ALL = r"(?:a\s+total\s+of|in\s+total|in\s+all|making|cyfanswm\s+o)"
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        # 29 people (14 from councils, 8 from Government and 7 others)
        rf"(?P<total>{COUNT}){NOUNS}\s*[(:]\s*{LIST}\s*[).]",
        # 14 from councils, 8 from Government and 7 others, 29 in all
        rf"{LIST}\s*[,:(\u2013-]\s*{IN_ALL}\s+(?P<total>{COUNT})",
        # 14 + 8 + 7 = 29
        rf"(?P<parts>{COUNT}(?:\s*\+\s*{COUNT}){{1,20}})\s*=\s*(?P<total>{COUNT})",
    )
]
# 253 addresses; of these 29 failed, making 224
LEFT = re.compile(
    rf"(?P<whole>{COUNT})[^\n]{{0,120}}?\b(?:of\s+these|o['\u2019]r\s+rhain),?\s+(?P<away>{COUNT})"
    rf"{NOUNS}\s*,?\s*(?:making|leaving|gan\s+adael){NOUNS}\s+(?P<total>{COUNT})",
    re.IGNORECASE,
)


class Sum(NamedTuple):
    """`total` is printed, `right` what the parts come to."""

    start: int
    end: int
    total: int
    right: int


def read(text: str) -> Iterator[Sum]:
    """In a text without percentages between: those are no parts."""
    for form in FORMS:
        for match in form.finditer(text):
            parts = [value(one) for one in re.findall(COUNT, match["parts"], re.I)]
            yield Sum(match.start(), match.end(), value(match["total"]), sum(parts))
    for match in LEFT.finditer(text):
        right = value(match["whole"]) - value(match["away"])
        yield Sum(match.start(), match.end(), value(match["total"]), right)
