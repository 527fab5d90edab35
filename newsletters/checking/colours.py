"""White words on the newsletter's colour can be read (WCAG 2.2, 1.4.3)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsletters.checking.findings import BLOCK, Finding
from newsletters.checking.loading import Loaded

LEAST = 4.5


def check(loaded: Loaded) -> Iterator[Finding]:
    colour = loaded.issue.newsletter.colour
    if (ratio := contrast_with_white(colour)) < LEAST:
        sentence = _(
            "White words on %(colour)s have a contrast of %(ratio)s to 1; "
            "at least %(least)s is needed."
        ) % {"colour": colour, "ratio": f"{ratio:.1f}", "least": LEAST}
        yield loaded.found("colour", BLOCK, sentence, loaded.issue, "newsletter")


def contrast_with_white(colour: str) -> float:
    """Of "#rrggbb", as WCAG reckons it: 1 to 21."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
