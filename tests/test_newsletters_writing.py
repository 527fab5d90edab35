"""A research manager writes, previews and sends an issue."""

import re

import pytest

from newsletters.models import Article, Issue
from newsletters.services import content
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsletter():
    return factories.make_newsletter(slug="wimd")


@pytest.fixture
def issue(newsletter):
    factories.make_subscription(newsletter=newsletter)
    return factories.make_issue(newsletter=newsletter, articles=3)


def path(issue, *parts, lang="en"):
    return f"/{lang}/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def titles(issue):
    return list(issue.places.values_list("article__title_en", flat=True))


def seen(page):
    return re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]


def test_from_nothing_to_an_issue_with_an_article(manager_client, newsletter):
    made = manager_client.post(
        "/en/newsletters/manage/wimd/new/",
        {"title_en": "Spring", "title_cy": "Gwanwyn"},
    )
    issue = Issue.objects.get()
    assert made.url == path(issue)
    words = {"title_en": "Data", "summary_en": "Short.", "body_en": "## Long"}
    manager_client.post(path(issue, "articles", "new"), words)
    assert titles(issue) == ["Data"]
    assert Article.objects.get().study == newsletter.study


def test_the_order_changes_by_buttons(manager_client, issue):
    first, second, third = titles(issue)
    article = issue.places.get(position=3).article
    manager_client.post(path(issue, "articles", article.pk, "move"), {"to": "up"})
    assert titles(issue) == [first, third, second]
    for _ in range(3):
        manager_client.post(path(issue, "articles", article.pk, "move"), {"to": "up"})
    assert titles(issue) == [third, first, second]


def test_an_article_is_taken_out_and_put_back(manager_client, issue):
    article = issue.places.get(position=1).article
    manager_client.post(path(issue, "articles", article.pk, "remove"))
    assert article.title_en not in titles(issue)
    assert Article.objects.filter(pk=article.pk).exists()
    manager_client.post(path(issue, "articles"), {"article": article.pk})
    assert titles(issue)[-1] == article.title_en


def test_the_second_of_two_writers_overwrites_nothing(manager_client, issue):
    page = manager_client.get(path(issue))
    words = {"title_en": "Mine", "title_cy": "Fy un i"}
    first = manager_client.post(path(issue), words | {"seen": seen(page)})
    assert first.status_code == 302
    late = manager_client.post(path(issue), {"title_en": "Theirs", "seen": seen(page)})
    assert late.status_code == 422
    assert "Somebody else has saved this" in late.content.decode()
    assert "Theirs" in late.content.decode(), "what was typed is gone"
    issue.refresh_from_db()
    assert issue.title_en == "Mine"


def test_the_preview_shows_what_is_missing_and_both_orders(manager_client, issue):
    article = issue.places.get(position=1).article
    article.summary_cy = ""
    article.save()
    page = manager_client.get(path(issue, "preview")).content.decode()
    assert "summary, Welsh: There is no text in Welsh." in page
    assert f"{issue.title_en} / {issue.title_cy}" in page
    other = manager_client.get(path(issue, "preview") + "?first=cy").content.decode()
    assert f"{issue.title_cy} / {issue.title_en}" in other


def test_the_preview_s_html_may_run_nothing(manager_client, issue):
    answer = manager_client.get(path(issue, "preview", "en"))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


def send(client, issue, **more):
    """As somebody who did not write it sends it: approved, then confirmed."""
    client.post(path(issue, "approve"), {"seen": content.digest(issue)})
    return client.post(path(issue, "send", "now"), **more)


def test_sending_says_how_many_and_shows_the_sum(manager_client, issue, smtp):
    page = manager_client.get(path(issue, "send")).content.decode()
    assert "1 will get it; 0 will not" in page
    answer = send(manager_client, issue, follow=True)
    assert answer.redirect_chain[-1][0] == path(issue, "progress")
    issue.refresh_from_db()
    assert (issue.state, issue.recipients) == ("sending", 1)
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_the_live_part_stops_asking_when_it_is_done(manager_client, issue, smtp):
    from newsletters.services import deliveries

    send(manager_client, issue)
    deliveries.send(issue.pk)
    part = manager_client.get(path(issue, "progress"), headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<html" not in text
    assert "hx-trigger" not in text
    assert "The sum closes" in text


def test_what_was_sent_can_no_longer_be_changed(manager_client, issue):
    send(manager_client, issue)
    assert manager_client.post(path(issue), {"title_en": "New"}).url == path(
        issue, "progress"
    )
    article = issue.places.get(position=1).article
    manager_client.post(path(issue, "articles", article.pk, "remove"))
    assert len(titles(issue)) == 3


def test_an_issue_that_is_not_ready_is_not_sent(manager_client, newsletter):
    empty = factories.make_issue(newsletter=newsletter)
    page = send(manager_client, empty, follow=True).content.decode()
    assert "This issue cannot be sent yet." in page
    assert "The issue has no articles." in page


def test_a_draft_is_for_managers(client, member_client, manager_client, issue):
    article = issue.places.get(position=1).article
    web = f"/en/newsletters/wimd/{issue.slug}/"
    page = f"/en/newsletters/articles/{article.slug}/"
    for address in (web, page):
        assert client.get(address).status_code == 404
        assert member_client.get(address).status_code == 404
        assert manager_client.get(address).status_code == 200


def test_once_out_everybody_reads_it_and_it_is_counted(client, issue):
    Issue.objects.update(state="finished")
    article = issue.places.get(position=1).article
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    page = client.get(f"/en/newsletters/articles/{article.slug}/", headers=agent)
    assert article.body_en in page.content.decode()
    hit = taken_hits().get()
    assert (hit.target_kind, hit.target_id) == ("article", article.pk)
    assert hit.study_id == article.study_id


def test_in_privacy_mode_none_nothing_is_counted(client, issue):
    Issue.objects.update(state="finished")
    issue.newsletter.privacy = "none"
    issue.newsletter.save()
    article = issue.places.get(position=1).article
    assert client.get(f"/en/newsletters/articles/{article.slug}/").status_code == 200
    assert not taken_hits().exists()


def test_welsh_readers_get_welsh(client, issue):
    Issue.objects.update(state="finished")
    page = client.get(f"/cy/newsletters/wimd/{issue.slug}/").content.decode()
    assert '<html lang="cy"' in page
    assert issue.title_cy in page


@pytest.mark.parametrize(
    "parts", [[], ["articles", "new"], ["preview"], ["send"], ["progress"]]
)
def test_only_for_managers(client, member_client, manager_client, issue, parts):
    assert client.get(path(issue, *parts)).status_code == 302
    assert member_client.get(path(issue, *parts)).status_code == 403
    issue.pk = 999_999
    assert manager_client.get(path(issue, *parts)).status_code == 404


@pytest.mark.parametrize("verb", ["move", "remove"])
def test_following_a_link_changes_nothing(manager_client, issue, verb):
    article = issue.places.get(position=2).article
    answer = manager_client.get(path(issue, "articles", article.pk, verb))
    assert answer.status_code == 405


def test_markup_in_every_field_is_text(manager_client, issue):
    bad = "<script>alert(1)</script>"
    names = ("title_en", "title_cy", "summary_en", "summary_cy", "body_en", "body_cy")
    manager_client.post(path(issue, "articles", "new"), dict.fromkeys(names, bad))
    Issue.objects.update(state="finished")
    article = Article.objects.latest("pk")
    for address in (
        path(issue, "preview", "en"),
        f"/en/newsletters/articles/{article.slug}/",
        f"/cy/newsletters/wimd/{issue.slug}/",
    ):
        page = manager_client.get(address, follow=True).content.decode()
        assert "<script>alert" not in page


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, issue, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        manager_client.get(path(issue))
    with django_assert_max_num_queries(21):
        manager_client.get(path(issue, "preview"))
