"""The order of an issue's articles, sent as a whole by what drags them."""

import re

import pytest
from django.urls import reverse

from engagement.audit.models import Entry
from newsletters.models import Issue
from newsletters.services import issues
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return factories.make_issue(articles=3)


def order(issue):
    return list(issue.places.order_by("position").values_list("article", flat=True))


def address(issue):
    return reverse("newsletters:reorder_articles", args=[issue.pk])


def test_all_of_it_at_once(manager_client, issue):
    turned = order(issue)[::-1]
    answer = manager_client.post(address(issue), {"order": turned})
    assert answer.status_code == 204
    assert order(issue) == turned
    assert Entry.objects.get().action == "issue.reordered"
    manager_client.post(address(issue), {"order": turned})
    assert Entry.objects.count() == 1, "nothing moved"


def test_refused_where_the_articles_changed_meanwhile(manager_client, issue):
    first, second, third = before = order(issue)
    extra = factories.make_article(study=issue.newsletter.study)
    for wrong in ([third, first], [*before, extra.pk], [first, first, second, third]):
        answer = manager_client.post(address(issue), {"order": wrong})
        assert answer.status_code == 409, wrong
        assert "load the page again" in answer.content.decode()
        assert order(issue) == before


@pytest.mark.parametrize("sent", [{}, {"order": ["x", "²"]}])
def test_no_order_at_all(manager_client, issue, sent):
    assert manager_client.post(address(issue), sent).status_code == 422


def test_not_after_it_went(issue):
    Issue.objects.update(state="sending")
    with pytest.raises(issues.NotADraft):
        issues.reorder(by=None, issue=issue, order=order(issue)[::-1])


def test_what_is_taken_out_can_be_put_back_at_once(manager_client, issue):
    before = order(issue)
    offered = f"/en/newsletters/issues/{issue.pk}/?removed={before[1]}"
    remove = reverse("newsletters:remove_article", args=[issue.pk, before[1]])
    page = manager_client.post(remove, follow=True).content.decode()
    assert "Put it back" in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="(\d+)"', page))
    assert fields == {"article": str(before[1]), "at": "2"}
    place = reverse("newsletters:place_article", args=[issue.pk])
    manager_client.post(place, fields, follow=True)
    assert order(issue) == before
    assert "Put it back" not in manager_client.get(offered).content.decode()
    for odd in ("x", "²", "9" * 30):
        page = manager_client.get(f"/en/newsletters/issues/{issue.pk}/?removed={odd}")
        assert page.status_code == 200


def test_a_place_that_is_not_there_any_more_is_the_end(manager_client, issue):
    first, second, third = order(issue)
    place = reverse("newsletters:place_article", args=[issue.pk])
    for article in (third, first):
        remove = reverse("newsletters:remove_article", args=[issue.pk, article])
        manager_client.post(remove)
    manager_client.post(place, {"article": third, "at": 3})
    assert order(issue) == [second, third]
    manager_client.post(place, {"article": first})
    assert order(issue) == [second, third, first]
    extra = factories.make_article(study=issue.newsletter.study)
    for odd in ("0", "-1", "x"):
        manager_client.post(place, {"article": extra.pk, "at": odd})
        assert order(issue) == [second, third, first]


def test_taken_out_twice_is_taken_out_once(manager_client, issue):
    article = issue.places.first().article
    assert issues.remove_article(by=None, issue=issue, article=article) == 1
    assert issues.remove_article(by=None, issue=issue, article=article) is None
    assert Entry.objects.count() == 1
