"""The output in the words of schema.org, as JSON-LD.

A file of its own beside the page: the content security policy lets no script stand in a
page, and the page says the same in its attributes (`templates/outputs/_schema.html`).
"""

import json
from typing import Any

from engagement.outputs.citations import ORCID, Cited, file_address
from engagement.outputs.models import Author, File

TYPES = {
    **dict.fromkeys(("report", "interim", "case_study"), "Report"),
    "dataset": "Dataset",
    "article": "ScholarlyArticle",
    "slides": "PresentationDigitalDocument",
    "newsletter": "PublicationIssue",
    "web": "WebPage",
    "index": "Dataset",
}


def kind(cited: Cited) -> str:
    """The name of its type in schema.org."""
    return TYPES.get(cited.output.kind, "CreativeWork")


def write(cited: Cited) -> str:
    thing = {name: value for name, value in _thing(cited).items() if value}
    return json.dumps(thing, ensure_ascii=False, indent=2) + "\n"


def _thing(cited: Cited) -> dict[str, Any]:
    output = cited.output
    identifiers = [cited.address, cited.isbn and f"urn:isbn:{cited.isbn}"]
    return {
        "@context": "https://schema.org",
        "@type": kind(cited),
        "@id": cited.address,
        "name": cited.title,
        "description": cited.summary,
        "url": cited.url,
        "identifier": [each for each in identifiers if each],
        "author": [_author(author) for author in cited.authors],
        "publisher": output.publisher
        and {"@type": "Organization", "name": output.publisher},
        "datePublished": cited.day.isoformat() if cited.day else str(cited.year or ""),
        "dateModified": output.changed_at.isoformat(),
        "inLanguage": cited.lang,
        "license": cited.licence,
        "version": str(cited.edition.number) if cited.edition else "",
        "issn": output.issn,
        "keywords": cited.subjects,
        "isAccessibleForFree": bool(cited.files),
        "distribution" if kind(cited) == "Dataset" else "encoding": [
            _file(file) for file in cited.files
        ],
    }


def _author(author: Author) -> dict[str, str]:
    if not author.given:
        return {"@type": "Organization", "name": author.family}
    found = {
        "@type": "Person",
        "name": str(author),
        "givenName": author.given,
        "familyName": author.family,
    }
    return found | ({"@id": ORCID + author.orcid} if author.orcid else {})


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "DataDownload" if file.content_type == "text/csv" else "MediaObject",
        "contentUrl": file_address(file),
        "encodingFormat": file.content_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
        "inLanguage": ["en", "cy"] if file.language == "both" else file.language,
    }
