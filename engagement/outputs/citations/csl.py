"""CSL-JSON 1.0.2 (https://docs.citationstyles.org)."""

import json
from typing import Any

from engagement.outputs.citations import Cited
from engagement.outputs.models import Author

KINDS = {
    **dict.fromkeys(("report", "interim", "case_study", "guidance"), "report"),
    "dataset": "dataset",
    "article": "article-journal",
    "slides": "speech",
    "newsletter": "periodical",
    "web": "webpage",
}


def write(cited: Cited) -> str:
    item = {name: value for name, value in _item(cited).items() if value}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _item(cited: Cited) -> dict[str, Any]:
    output = cited.output
    article = output.kind == output.Kind.ARTICLE
    return {
        "id": cited.key,
        "type": KINDS.get(output.kind, "document"),
        "title": cited.title,
        "author": [_name(author) for author in cited.authors],
        "issued": _date(cited),
        "publisher": output.publisher,
        "container-title" if article else "collection-title": output.series,
        "issue" if article else "number": output.number,
        "edition": cited.edition.number if cited.edition else None,
        "ISBN": cited.isbn,
        "ISSN": output.issn,
        "DOI": cited.doi,
        "URL": cited.url,
        "language": f"{cited.lang}-GB",
        "abstract": cited.summary,
        "keyword": ", ".join(cited.subjects),
    }


def _name(author: Author) -> dict[str, str]:
    if author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.family}


def _date(cited: Cited) -> dict[str, list[list[int]]]:
    if day := cited.day:
        return {"date-parts": [[day.year, day.month, day.day]]}
    return {"date-parts": [[cited.year]]} if cited.year else {}
