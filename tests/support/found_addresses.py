"""Examples of how outputs are cited and linked (see addresses.py)."""

SLUG = "reading-ranks-synthetic"


def examples():
    return {
        "outputs:cite": [SLUG, "bib"],
        "outputs:cite_edition": [SLUG, 1, "ris"],
        "outputs:edition": [SLUG, 1],
    }
