"""What stands in the PDF of an issue."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils import translation

from engagement.core import markup, pdf
from engagement.core.bilingual import Shown, shown
from newsletters.models import Article, Issue
from newsletters.services.mail_pictures import Placed, address, lead_picture

Files = dict[str, Callable[[], bytes]]


class Figure(NamedTuple):
    src: str
    alt: Shown


def make(issue: Issue, lang: str, articles: Iterable[Article]) -> pdf.Made:
    """The whole issue in one language; the same words make the same bytes.

    Raises pdf.NoPdf where the machine can make none.
    """
    files: Files = {}
    with translation.override(lang):
        context = {
            "lang": lang,
            "issue": issue,
            "title": shown(issue, "title"),
            "masthead": _masthead(issue, files),
            "articles": [_article(each, files) for each in articles],
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
    pictures = _pictures(article, files)
    prose = {
        name: _prose(article, name, pictures) for name in ("summary", "body", "meaning")
    }
    return prose | {"article": article, "picture": lead_picture(article, pictures)}


def _prose(article: Article, field: str, pictures: dict[str, Placed]) -> Shown:
    """One level deeper than on a page of its own: the article's title is an h2 here."""
    text, lang = shown(article, field)
    prefix = f"a{article.pk}-{field}-"
    return Shown(markup.render(text, pictures, prefix, level=3), lang)


def _pictures(article: Article, files: Files) -> dict[str, Placed]:
    """By their names; without those of which nobody said what they show."""
    found = {}
    for picture in article.pictures.all():
        figure = _figure(picture.upload, shown(picture, "alt"), files)
        if figure:
            size = picture.width, picture.height
            found[picture.name] = Placed(figure.src, *figure.alt, *size)
    return found


def _masthead(issue: Issue, files: Files) -> Figure | None:
    newsletter = issue.newsletter
    if not newsletter.masthead:
        return None
    alt = shown(newsletter, "masthead_alt")
    return _figure(newsletter.masthead, alt, files)


def _figure(upload: FieldFile, alt: Shown, files: Files) -> Figure | None:
    """None where nobody said what it shows: for some readers it would be a hole."""
    if not alt.text:
        return None
    src = address(upload)

    def read() -> bytes:
        with upload.open("rb") as file:
            content: bytes = file.read()
        return content

    files[src] = read
    return Figure(src, alt)
