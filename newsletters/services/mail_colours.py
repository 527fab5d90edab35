"""Colours that can be read, by the contrast of WCAG 2.2 (1.4.3)."""

LIGHT, DARK = "#ffffff", "#14211f"
LINK = "#0a5a8a"
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two colours such as "#17456b"."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """White or near black, whichever is easier to read on it."""
    return max((LIGHT, DARK), key=lambda text: contrast(text, colour))


def link(colour: str) -> str:
    """The newsletter's own colour where it can be read on white, else a blue."""
    return colour if contrast(colour, LIGHT) >= ENOUGH else LINK


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
