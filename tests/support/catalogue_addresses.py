"""Examples of the pages of editions (see addresses.py)."""

SYNTHETIC = "reading-ranks-synthetic"


def examples():
    names = ("edition", "edit_edition", "add_edition_file", "publish_edition")
    names += ("remove_edition", "correct", "withdraw_edition", "restore_edition")
    return {f"outputs:{name}": [SYNTHETIC, 1] for name in names}
