"""BibTeX, in Unicode (BibLaTeX and Biber, and BibTeX for Unicode engines)."""

import re

from engagement.outputs.citations import Cited
from engagement.outputs.models import Author

KINDS = {"article": "article"} | dict.fromkeys(
    ("report", "interim", "case_study", "guidance"), "techreport"
)
LANGUAGES = {"en": "english", "cy": "welsh"}
# Braces in pairs: BibTeX counts those that are escaped too.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: "\\" + sign for sign in "$&%#_"},
}


def write(cited: Cited) -> str:
    kind = KINDS.get(cited.output.kind, "misc")
    rows = [f"  {name} = {{{value}}}" for name, value in _fields(cited, kind) if value]
    return ",\n".join([f"@{kind}{{{cited.key}", *rows]) + "\n}\n"


def escaped(text: str) -> str:
    """On one line, as LaTeX sets it."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    return "".join(SPECIAL.get(letter, letter) for letter in line)


def _fields(cited: Cited, kind: str) -> list[tuple[str, str]]:
    output = cited.output
    publisher = {"techreport": "institution", "article": "publisher"}.get(
        kind, "howpublished"
    )
    series = {"techreport": "type", "article": "journal"}.get(kind, "series")
    return [
        ("author", " and ".join(map(_name, cited.authors))),
        # Within braces of its own, so that no style takes its capitals.
        ("title", f"{{{escaped(cited.title)}}}"),
        ("year", str(cited.year or "")),
        ("month", str(cited.day.month) if cited.day else ""),
        (publisher, _whole(output.publisher)),
        (series, _whole(output.series)),
        ("number", escaped(output.number)),
        ("edition", str(_edition(cited))),
        ("isbn", escaped(cited.isbn)),
        ("issn", escaped(output.issn)),
        ("doi", _verbatim(cited.doi)),
        ("url", _verbatim(cited.url)),
        ("language", LANGUAGES[cited.lang]),
        ("abstract", escaped(cited.summary)),
        ("keywords", escaped(", ".join(cited.subjects))),
    ]


def _name(author: Author) -> str:
    """A body in braces is one name, whatever words are in it."""
    if not author.given:
        return f"{{{escaped(author.family)}}}"
    parts = [escaped(author.family), escaped(author.given)]
    return ", ".join(f"{{{p}}}" if re.search(r",|\band\b", p) else p for p in parts)


def _whole(text: str) -> str:
    return f"{{{escaped(text)}}}" if text else ""


def _verbatim(text: str) -> str:
    """What BibLaTeX takes as it is; braces as an address writes them."""
    return "".join(text.split()).replace("{", "%7B").replace("}", "%7D")


def _edition(cited: Cited) -> str:
    """The first needs no number."""
    number = cited.edition.number if cited.edition else 1
    return str(number) if number > 1 else ""
