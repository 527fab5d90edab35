"""A chart as a picture for mail, which knows no SVG."""

from pathlib import Path

import resvg_py

from engagement.core.markup import drawing

# The one font that bin/setup makes sure of; it has all letters of Welsh. Without a font
# the maker of pictures leaves the words out and says nothing.
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
FAMILY = "DejaVu Sans"
PACKAGE = "fonts-dejavu-core"


def can_draw() -> bool:
    return FONT.is_file()


def png(chart: drawing.Drawing) -> bytes:
    """Twice as fine as it is shown, for sharp screens; on white, for dark ones.

    Raises FileNotFoundError without the font: a chart without words says nothing.
    """
    if not can_draw():
        raise FileNotFoundError(f"{FONT}: install the package {PACKAGE}.")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing.svg(chart),
            background="#ffffff",
            zoom=2,
            skip_system_fonts=True,
            font_files=[str(FONT)],
            font_family=FAMILY,
        )
    )
