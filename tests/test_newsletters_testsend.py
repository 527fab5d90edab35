"""A test to named testers: the mail as it will go, and nothing of it counts."""

import re

import pytest

from engagement.audit.models import Entry
from engagement.mail.models import Message
from engagement.metrics.services import hits
from newsletters.models import Delivery, Issue
from newsletters.services import testing
from tests import factories
from tests.support import sample
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def testers():
    return [
        factories.make_user(name="Ann", email="ann@example.org"),
        factories.make_user(name="Bryn", email="bryn@example.org"),
        factories.make_user(name="Gone", email="gone@example.org", is_active=False),
    ]


@pytest.fixture
def issue(testers):
    made = sample.make()
    made.newsletter.testers.set(testers)
    return made


def path(issue, lang="en"):
    return f"/{lang}/newsletters/issues/{issue.pk}/test/"


def parts(mail):
    return [mail.get_body((kind,)).get_content() for kind in ("html", "plain")]


def test_only_who_is_ticked_gets_it(manager_client, issue, testers, deliver_mail):
    answer = manager_client.post(
        path(issue), {"testers": [testers[0].pk], "first": "en"}
    )
    assert answer.url == f"/en/newsletters/issues/{issue.pk}/preview/"
    (mail,) = deliver_mail()
    assert mail.envelope_to == ["ann@example.org"]
    assert mail.envelope_from == "team@example.org"
    assert mail["To"] == "ann@example.org"
    assert mail["From"] == '"Index team (synthetic)" <team@example.org>'
    assert mail["Reply-To"] == '"Index team (synthetic)" <answers@example.org>'
    assert mail["Subject"] == f"[Test] [Prawf] {issue.title_en} / {issue.title_cy}"
    for part in parts(mail):
        assert issue.title_en in part
        assert issue.title_cy in part


def test_welsh_first(manager_client, issue, testers, deliver_mail):
    keys = [user.pk for user in testers[:2]]
    manager_client.post(path(issue), {"testers": keys, "first": "cy"})
    mails = deliver_mail()
    assert len(mails) == 2
    for mail in mails:
        assert mail["Subject"].startswith(f"[Prawf] [Test] {issue.title_cy}")
        assert mail["Content-Language"] == "cy, en"


def test_it_is_kept_out_of_the_ledger_and_in_the_trail(manager_client, issue, testers):
    keys = [user.pk for user in testers[:2]]
    manager_client.post(path(issue), {"testers": keys, "first": "en"})
    assert not Delivery.objects.exists()
    issue.refresh_from_db()
    assert (issue.state, issue.recipients) == ("draft", 0)
    entry = Entry.objects.get(action="issue.tested")
    assert entry.detail == {"recipients": 2}


def test_reading_through_a_test_counts_for_nothing(
    manager_client, client, issue, testers, deliver_mail
):
    Issue.objects.update(state="finished")
    manager_client.post(path(issue), {"testers": [testers[0].pk], "first": "en"})
    html, text = parts(deliver_mail()[0])
    own = r"(?!newsletters/(?:preferences|unsubscribe|objection)/)"
    links = re.findall(rf'href="http://[^/]+(/en/{own}[^"]+)"', html)
    links += re.findall(rf"http://[^/]+(/en/{own}\S+)", text)
    for page in ("outputs/", "events/", "newsletters/articles/", "newsletters/index-"):
        assert sum(f"/en/{page}" in link for link in links) >= 2
    for link in links:
        assert (
            client.get(link.replace("&amp;", "&"), headers=BROWSER).status_code == 200
        )
    assert not taken_hits().exists()
    client.get(links[0].partition("?")[0], headers=BROWSER)
    assert taken_hits().count() == 1


def test_nobody_else_can_keep_a_reading_out(client, issue):
    Issue.objects.update(state="finished")
    article = issue.places.first().article.slug
    for mark in ("test=1", f"{hits.test_mark()}x"):
        client.get(f"/en/newsletters/articles/{article}/?{mark}", headers=BROWSER)
    assert taken_hits().count() == 2


def test_links_of_a_test_are_nobody_s_own(
    manager_client, client, issue, testers, deliver_mail
):
    manager_client.post(path(issue), {"testers": [testers[0].pk], "first": "en"})
    mail = deliver_mail()[0]
    assert mail["List-Unsubscribe"] is None
    html, _text = parts(mail)
    for link in re.findall(
        r"(/\w\w/newsletters/(?:unsubscribe|preferences|objection)/[^\"?]+)", html
    ):
        assert client.post(link).status_code in {400, 404, 410}


def test_a_mark_goes_before_what_stands_on_a_page(settings):
    settings.SITE_URL = "https://dolen.example.org"
    rendered = testing.uncounted(
        testing.Rendered(
            "x",
            "See https://dolen.example.org/a/?b=1#c and https://example.org/.",
            '<a href="https://dolen.example.org/a/?b=1#c">',
        )
    )
    assert re.search(
        r"/a/\?b=1&test=[^#\s]+#c and https://example.org/\.$", rendered.text
    )
    assert re.search(r"/a/\?b=1&amp;test=[^#\s]+#c\">$", rendered.html)


def test_nobody_but_a_tester_in_service(manager_client, manager, issue, testers):
    stranger = factories.make_user(email="stranger@example.org")
    for chosen in (stranger, testers[2]):
        answer = manager_client.post(
            path(issue), {"testers": [chosen.pk], "first": "en"}
        )
        assert answer.status_code == 422
        with pytest.raises(testing.NotATester):
            testing.send(by=manager, issue=issue, testers=[chosen], language="en")
    assert not Message.objects.exists()


def test_what_is_left_out_is_said(manager_client, issue):
    answer = manager_client.post(path(issue), {})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose at least one tester." in page
    assert "Choose a language." in page
    assert not Message.objects.exists()


def test_without_testers_there_is_nobody_to_choose(manager_client, issue):
    issue.newsletter.testers.clear()
    page = manager_client.get(path(issue)).content.decode()
    assert "The newsletter has no testers yet." in page
    assert '<form method="post" novalidate' not in page


def test_only_for_managers(client, member_client, manager_client, issue):
    assert client.get(path(issue)).status_code == 302
    assert member_client.post(path(issue)).status_code == 403
    assert manager_client.get(path(issue)).status_code == 200
    assert "Gone" not in manager_client.get(path(issue)).content.decode()


def test_the_page_asks_the_database_a_bounded_number_of_times(
    manager_client, issue, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        manager_client.get(path(issue))


def test_other_mails_are_the_site_s_own(deliver_mail, settings):
    from engagement.mail.services import messages

    messages.send_written(
        kind="x", to="a@example.org", language="en", subject="A", text="B", html="C"
    )
    (mail,) = deliver_mail()
    assert mail["From"] == settings.MAIL_FROM
    assert mail["Reply-To"] is None
    assert mail.envelope_from == "dolen@example.org"
