"""Objecting to being counted by the link in an issue, and taking that back."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.people.services import access, erasure, merging
from newsletters.models import Delivery, Newsletter, Reading, Subscription
from newsletters.services import deliveries, objections, readings, sending
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
NO, YES = {"count": "no"}, {"count": "yes"}


@pytest.fixture
def newsletter():
    return factories.make_newsletter(title_en="The <b>One</b>")


@pytest.fixture
def ann(newsletter):
    person = factories.make_person(name="Ann", email="ann@example.org")
    factories.make_subscription(newsletter=newsletter, person=person)
    return person


@pytest.fixture
def bob(newsletter):
    person = factories.make_person(name="Bob", email="bob@example.org")
    factories.make_subscription(newsletter=newsletter, person=person)
    return person


def send(newsletter, smtp):
    """{address: the text and the HTML} of one more issue."""
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    smtp.messages.clear()
    sending.start(by=None, issue=issue)
    deliveries.send(issue.pk)
    return {
        mail["To"]: [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
        for mail in smtp.messages
    }


@pytest.fixture
def url(ann, newsletter):
    """As it stands in the mail of an issue."""
    sending.start(
        by=None, issue=factories.make_issue(newsletter=newsletter, articles=1)
    )
    token = tokens.make("objection", ann.deliveries.get().token)
    return f"/en/newsletters/objection/{token}/"


def objects():
    return Subscription.objects.get(person__name="Ann").uncounted


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("privacy", ["none", "unlinkable", "named"])
def test_every_mail_has_the_link_in_both_languages_and_parts(
    client, ann, newsletter, smtp, privacy
):
    Newsletter.objects.update(privacy=privacy)
    newsletter.refresh_from_db()
    text, html = send(newsletter, smtp)["ann@example.org"]
    for part in (text, html):
        found = re.findall(r"http://[^/]+(/(\w\w)/newsletters/objection/\S+?/)", part)
        assert [lang for _path, lang in found] == ["en", "cy"]
        for path, _lang in found:
            assert client.get(path).status_code == 200
        assert "0OBJECTION0" not in part
    assert "Do not count what I open: http" in text
    assert "Peidiwch â chyfrif yr hyn rwy'n ei agor: http" in text


def test_a_get_changes_nothing(client, url):
    for method in (client.get, client.head):
        answer = method(url, QUERY_STRING="count=no")
        assert answer.status_code == 200
        assert "no-cache" in answer["Cache-Control"]
        assert "uncounted" not in answer.cookies
    assert not objects()
    assert client.post(url, {"count": "maybe"}).status_code == 422
    assert client.post(url).status_code == 422
    assert Client(enforce_csrf_checks=True).post(url, NO).status_code == 403
    assert not objects()
    assert not Entry.objects.filter(action__startswith="newsletter.").exists()
    assert not taken_hits().exists()


def test_one_post_objects_for_the_browser_and_for_later_mails(
    client, url, ann, bob, newsletter, smtp
):
    before = page(client, url)
    assert "The &lt;b&gt;One&lt;/b&gt;" in before
    assert "Count what I open again" not in before
    answer = client.post(url, NO)
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert answer.cookies["uncounted"].value == "1"
    after = page(client, url)
    assert after.count("you have objected") == 2
    assert "Do not count what I open from this newsletter" not in after
    mails = send(newsletter, smtp)
    for part in mails["ann@example.org"]:
        assert "/articles/" in part
        assert "?d=" not in part
    for part in mails["bob@example.org"]:
        assert "?d=" in part
    article = newsletter.issues.first().places.get().article
    client.get(article.get_absolute_url(), **BROWSER)
    assert not taken_hits().exists()


def test_it_is_undone_on_the_same_page(client, url, newsletter, smtp):
    client.post(url, NO)
    answer = client.post(url, YES)
    assert answer.cookies["uncounted"].value == ""
    assert not objects()
    assert "Count what I open again" not in page(client, url)
    assert "?d=" in send(newsletter, smtp)["ann@example.org"][0]


def test_another_browser_can_object_as_well_or_undo_it(client, url):
    client.post(url, NO)
    other = Client()
    found = page(other, url)
    assert "Counted, but not who you are" in found
    assert "Do not count what I open from this newsletter" in found
    assert "Count what I open again" in found
    other.post(url, NO)
    assert other.cookies["uncounted"].value == "1"


def test_no_entry_says_who_it_was_and_twice_is_once(client, url, ann, newsletter):
    for form in (NO, NO, YES, YES):
        client.post(url, form)
    kept = Entry.objects.filter(action__startswith="newsletter.obj").order_by("pk")
    assert [entry.action for entry in kept] == [
        "newsletter.objected",
        "newsletter.objection_taken_back",
    ]
    for entry in kept:
        said = " ".join(map(str, vars(entry).values()))
        assert (entry.target_kind, entry.target_id) == (
            "newsletters.newsletter",
            newsletter.pk,
        )
        assert entry.actor_id is None
        assert "Ann" not in said
        assert ann.email not in said


def test_links_that_are_forged_borrowed_or_too_old_say_so(client, url, ann):
    token = ann.deliveries.get().token
    for bad in (
        "x",
        tokens.make("objection", "unknown"),
        tokens.make("unsubscribe", token),
        tokens.make("reader", token),
        f"{tokens.make('objection', token)}x",
    ):
        for ask in (client.get, client.post):
            answer = ask(f"/en/newsletters/objection/{bad}/", NO)
            assert answer.status_code == 404
            assert "This link does not work" in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=364)):
        assert client.get(url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert client.post(url, NO).status_code == 404
    assert "uncounted" not in client.cookies
    assert not objects()
    borrowed = url.replace("objection", "unsubscribe")
    assert client.post(borrowed).status_code == 404


def test_it_is_there_in_welsh_and_says_what_the_browser_says(client, url):
    found = page(client, url.replace("/en/", "/cy/"))
    assert "Peidiwch â chyfrif yr hyn rwy'n ei agor" in found
    said = client.get(url, headers={"Sec-GPC": "1"}).content.decode()
    assert "your browser asks websites not to track you" in said


def test_where_nothing_is_counted_it_says_so(client, url):
    Newsletter.objects.update(privacy="none")
    assert "this newsletter does not count its readers" in page(client, url)
    client.post(url, NO)
    assert objects(), "it holds if the newsletter begins to"


def test_reading_by_name_stops_while_it_stands(client, ann, newsletter, smtp):
    Newsletter.objects.update(privacy="named")
    newsletter.refresh_from_db()
    readings.agree(person=ann, newsletter=newsletter, language="en")
    text, _html = send(newsletter, smtp)["ann@example.org"]
    link = re.search(r"http://[^/]+(/en/newsletters/articles/\S+\?r=\S+)", text)[1]
    url = re.search(r"http://[^/]+(/en/newsletters/objection/\S+)", text)[1]
    client.post(url, NO)
    elsewhere = Client()
    elsewhere.get(link, **BROWSER)
    assert not Reading.objects.exists()
    assert not taken_hits().exists()
    for part in send(newsletter, smtp)["ann@example.org"]:
        assert not re.search(r"\?[rd]=", part)
        assert "/opened/" not in part
    client.post(url, YES)
    elsewhere.get(link, **BROWSER)
    assert Reading.objects.count() == 1
    assert "?r=" in send(newsletter, smtp)["ann@example.org"][0]


def test_who_agrees_later_to_reading_by_name_objects_no_more(ann, newsletter):
    newsletter.privacy = "named"
    newsletter.save()
    objections.object_to(newsletter=newsletter, person=ann)
    readings.agree(person=ann, newsletter=newsletter, language="en")
    assert not objects()


def test_it_is_of_one_newsletter(client, url, ann):
    other = factories.make_newsletter()
    factories.make_subscription(newsletter=other, person=ann)
    client.post(url, NO)
    assert objections.uncounted(other, [ann.pk]) == set()


def test_a_merge_keeps_the_word_of_either(client, url, ann, bob, newsletter):
    client.post(url, NO)
    merge = merging.merge(by=None, kept=bob, merged=ann)
    assert objections.uncounted(newsletter, [bob.pk]) == {bob.pk}
    assert "Without a mark: you have objected" in page(client, url)
    client.post(url, YES)
    assert objections.uncounted(newsletter, [bob.pk]) == set()
    client.post(url, NO)
    merging.undo(by=None, merge=merge)
    assert ann.pk in objections.uncounted(newsletter, [ann.pk, bob.pk])


def test_they_get_it_and_it_goes_with_them(client, url, ann):
    client.post(url, NO)
    assert b'"uncounted": true' in _data(ann)
    erasure.erase(by=None, person=ann)
    assert not Subscription.objects.exists()
    assert Delivery.objects.exists()
    answer = client.post(url, NO)
    assert answer.cookies["uncounted"].value == "1"
    assert "Links in later issues to you" not in page(client, url)


def _data(person):

    return ZipFile(BytesIO(access.export(by=None, person=person))).read("data.json")


def test_it_asks_the_database_a_bounded_number_of_times(
    client, url, ann, newsletter, django_assert_num_queries
):
    page(client, url)
    with django_assert_num_queries(7):
        page(client, url)
    with django_assert_num_queries(1):
        objections.uncounted(newsletter, [ann.pk])
    newsletter.privacy = "none"
    with django_assert_num_queries(0):
        objections.uncounted(newsletter, [ann.pk])
