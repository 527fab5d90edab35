"""What stands in the PDF of an issue."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from engagement.core import markup, pdf
from engagement.core.bilingual import Shown, shown
from newsletters import queries
from newsletters.models import Article, Issue

HEADING = re.compile(r"(</?h)([2-5])(?=[ >])")
Files = dict[str, Callable[[], bytes]]


class Figure(NamedTuple):
    src: str
    alt: Shown


def make(issue: Issue, lang: str) -> pdf.Made:
    """The whole issue in one language; the same issue makes the same bytes.

    Raises pdf.NoPdf where the machine can make none.
    """
    files: Files = {}
    with translation.override(lang):
        context = {
            "lang": lang,
            "issue": issue,
            "title": shown(issue, "title"),
            "masthead": _masthead(issue, files),
            "articles": [_article(each, files) for each in queries.articles(issue)],
            "address": settings.SITE_URL + issue.get_absolute_url(),
        }
        return pdf.make(
            "newsletters/issue_pdf.html",
            context,
            styles=["newsletters/pdf.css"],
            css=f":root {{ --brand: {issue.newsletter.colour} }}",
            files=files,
        )


def _article(article: Article, files: Files) -> dict[str, Any]:
    """What the template writes of it; its picture goes among `files`."""
    prose = {name: _prose(article, name) for name in ("summary", "body", "meaning")}
    return prose | {"article": article, "picture": _lead(article, files)}


def _prose(article: Article, field: str) -> Shown:
    """One level deeper than on a page of its own: the article's title is an h2 here."""
    text, lang = shown(article, field)
    html = HEADING.sub(lambda h: f"{h[1]}{int(h[2]) + 1}", markup.render(text))
    # Only the numbers of its headings have changed since it was made safe.
    return Shown(SafeString(html), lang)


def _lead(article: Article, files: Files) -> Figure | None:
    picture = next(iter(article.pictures.all()), None)
    if picture is None:
        return None
    path = reverse("newsletters:picture", args=[picture.pk])
    return _figure(path, picture.upload, shown(picture, "alt"), files)


def _masthead(issue: Issue, files: Files) -> Figure | None:
    newsletter = issue.newsletter
    if not newsletter.masthead:
        return None
    alt = shown(newsletter, "masthead_alt")
    return _figure("/masthead", newsletter.masthead, alt, files)


def _figure(path: str, upload: FieldFile, alt: Shown, files: Files) -> Figure | None:
    """None where nobody said what it shows: for some readers it would be a hole."""
    if not alt.text:
        return None
    src = settings.SITE_URL + path

    def read() -> bytes:
        with upload.open("rb") as file:
            content: bytes = file.read()
        return content

    files[src] = read
    return Figure(src, alt)
