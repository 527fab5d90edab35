"""RIS (Research Information Systems, 2001, with the types of 2011)."""

import re
from collections.abc import Iterator

from engagement.outputs.citations import Cited

KINDS = {
    **dict.fromkeys(("report", "interim", "case_study", "guidance"), "RPRT"),
    "dataset": "DATA",
    "article": "JOUR",
    "slides": "SLIDE",
    "newsletter": "NEWS",
    "web": "ELEC",
}


def write(cited: Cited) -> str:
    """Lines end as the format says, and none of a text breaks one."""
    rows = [(tag, _line(text)) for tag, text in _rows(cited)]
    lines = [f"{tag}  - {text}" for tag, text in rows if text]
    return "\r\n".join([*lines, "ER  - ", ""])


def _rows(cited: Cited) -> Iterator[tuple[str, str]]:
    output, day = cited.output, cited.day
    article = output.kind == output.Kind.ARTICLE
    yield "TY", KINDS.get(output.kind, "GEN")
    yield "ID", cited.key
    for author in cited.authors:
        yield "AU", ", ".join(filter(None, (author.family, author.given)))
    yield "TI", cited.title
    yield "T2" if article else "T3", output.series
    yield "IS" if article else "M1", output.number
    yield "PY", str(cited.year or "")
    yield "DA", f"{day:%Y/%m/%d}" if day else ""
    yield "PB", output.publisher
    yield "SN", cited.isbn or output.issn
    yield "DO", cited.doi
    yield "UR", cited.url
    yield "LA", cited.lang
    yield "AB", cited.summary
    for subject in cited.subjects:
        yield "KW", subject


def _line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", text).split())
