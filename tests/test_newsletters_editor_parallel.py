"""Two who save at the same moment, on PostgreSQL with connections of their own."""

import pytest
from django.db import connection

from engagement.audit.models import Entry
from newsletters.models import Unsaved
from newsletters.services import articles, issues, saving, unsaved
from tests import factories
from tests.support.together import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


@pytest.mark.parametrize("_round", range(4))
def test_one_saves_and_the_other_is_told(_round):
    issue = factories.make_issue(articles=1)
    article = issue.places.get().article
    seen = saving.version(article)

    def save(word):
        fields = {"title_en": word, "title_cy": word}
        articles.update(by=None, article=article, fields=fields, seen=seen)

    raised = together(lambda: save("One"), lambda: save("Two"))
    refused = [isinstance(one, saving.ChangedMeanwhile) for one in raised]
    assert sorted(refused) == [False, True], raised
    article.refresh_from_db()
    won = ["One", "Two"][refused.index(False)]
    assert (article.title_en, article.title_cy) == (won, won)
    assert Entry.objects.filter(action="article.updated").count() == 1


@pytest.mark.parametrize("_round", range(4))
def test_an_order_and_a_new_article_at_once(_round):
    issue = factories.make_issue(articles=3)
    before = list(issue.places.values_list("article", flat=True))
    extra = factories.make_article(study=issue.newsletter.study)
    raised = together(
        lambda: issues.reorder(by=None, issue=issue, order=before[::-1]),
        lambda: issues.place_article(by=None, issue=issue, article=extra),
    )
    assert raised[1] is None
    order = list(issue.places.order_by("position").values_list("article", flat=True))
    if raised[0] is None:
        assert order == [*before[::-1], extra.pk]
    else:
        assert isinstance(raised[0], issues.ArticlesChanged)
        assert order == [*before, extra.pk]


@pytest.mark.parametrize("_round", range(4))
def test_two_windows_of_one_person_keep_one_text(_round):
    user = factories.make_user()

    def keep(word):
        unsaved.keep(
            user=user,
            kind="article",
            pk=1,
            seen="",
            fields={"title_en": word},
            saved={},
        )

    raised = together(*(lambda word=word: keep(word) for word in "abcd"))
    assert raised == [None] * 4
    assert Unsaved.objects.get().fields["title_en"] in "abcd"
