"""How well text in a colour can be read on white (WCAG 2.2, relative luminance)."""


def contrast(colour: str) -> float:
    """From 1 (white) to 21 (black), of "#rrggbb"."""
    red, green, blue = (_linear(colour[at : at + 2]) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(pair: str) -> float:
    part = int(pair, 16) / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
