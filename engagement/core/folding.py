"""Words as they are searched: without diacritics, capitals and marks, so that every
database finds the same ("ty" finds "Tŷ", "dwr" finds "dŵr")."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The words of `text`, a space between each."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    return WORD.findall(_plain(text))


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each word with where it stands in `text`, to show it there."""
    letters, places = [], []
    for place, letter in enumerate(text):
        plain = _plain(letter)
        letters.append(plain)
        places.extend([place] * len(plain))
    return [
        (found.group(), places[found.start()], places[found.end() - 1] + 1)
        for found in WORD.finditer("".join(letters))
    ]


def _plain(text: str) -> str:
    """NFKD and without its marks (Unicode, UAX 15), then without capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in apart if not unicodedata.category(c).startswith("M"))
    return kept.casefold()
