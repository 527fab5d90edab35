"""The preview of an issue as long as they get."""

from django.test import Client

from newsletters.models import Link
from tests import factories
from tests.bench import Case
from tests.conftest import signed_in
from tests.support import sample

TITLE = "Previewing an issue of 12 articles, each with a picture and links."
ARTICLES = 12
WORDS = "A sentence of **some** length, with [a link](https://example.org/) in it. "


def prepare():
    issue = sample.make()
    for position in range(3, ARTICLES + 1):
        article = factories.make_article(
            study=issue.newsletter.study,
            summary_en=WORDS * 6,
            summary_cy=WORDS * 6,
            meaning_en=WORDS,
            meaning_cy=WORDS,
        )
        sample.make_picture(article)
        Link.objects.create(article=article, ask=article.study)
        issue.places.create(article=article, position=position)
    for _number in range(300):
        factories.make_subscription(newsletter=issue.newsletter)


def cases():
    client = signed_in(factories.make_user())
    page = "/en/newsletters/issues/9001/preview/"
    for label, address in (("page", page), ("frame", f"{page}cy/")):
        yield Case(label, lambda address=address: _get(client, address), limit=0.3)


def _get(client: Client, address):
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(address)
