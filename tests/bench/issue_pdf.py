"""An issue of twelve articles as a PDF, in each language."""

import tempfile

from django.conf import settings

from newsletters.models import Issue
from newsletters.services import documents
from tests import factories
from tests.bench import Case

TITLE = (
    "Making the PDF of an issue of twelve articles, each with a picture and a table."
)
ARTICLES = 12
LINES = "| Area | Rank |\n| --- | --- |\n" + "| Tŷ Dŵr | 1,896 |\n" * 10
BODY = f"## What it says\n\n{'Words that go on for a while. ' * 60}\n\n{LINES}"


def prepare():
    settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="dolen-bench-")
    issue = factories.make_issue(articles=ARTICLES)
    for place in issue.places.select_related("article"):
        article = place.article
        article.body_en = article.body_cy = BODY
        article.meaning_en = article.meaning_cy = "Begin with the question."
        article.save()
        factories.make_picture(article=article)
    factories.send_out(issue)


def cases():
    issue = Issue.objects.select_related("newsletter__study").get()
    for lang in ("en", "cy"):
        yield Case(
            f"PDF, {lang}",
            lambda lang=lang: documents.pdf(issue, lang) and None,
            limit=5,
        )
