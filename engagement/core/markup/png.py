"""A chart as a picture for mail, which knows no SVG."""

from pathlib import Path

import resvg_py

from engagement.core.markup import drawing

# The one font that bin/setup makes sure of; it has all letters of Welsh. Without a font
# the maker of pictures leaves the words out and says nothing.
FONTS = Path("/usr/share/fonts/truetype/dejavu")
FAMILY = "DejaVu Sans"


def png(chart: drawing.Drawing) -> bytes:
    """Twice as fine as it is shown, for sharp screens; on white, for dark ones."""
    fonts = [str(path) for path in sorted(FONTS.glob("DejaVuSans.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing.svg(chart),
            background="#ffffff",
            zoom=2,
            skip_system_fonts=True,
            font_files=fonts,
            font_family=FAMILY,
        )
    )
