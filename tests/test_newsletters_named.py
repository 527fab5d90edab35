"""Reading by name: of those who agreed, for as long as they do, and of nobody else."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.metrics.services import hits
from engagement.people.models import Consent, Due
from engagement.people.services import access, erasure, merging, retention
from newsletters.models import Delivery, Newsletter, Reading
from newsletters.services import (
    deliveries,
    preferences,
    readings,
    rendering,
    sending,
    subscriptions,
    testing,
)
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def newsletter():
    return factories.make_newsletter(privacy="named", title_en="The One")


@pytest.fixture
def ann(newsletter):
    person = factories.make_person(name="Ann", email="ann@example.org")
    factories.make_subscription(newsletter=newsletter, person=person)
    return person


@pytest.fixture
def bob(newsletter):
    person = factories.make_person(name="Bob", email="bob@example.org", language="cy")
    factories.make_subscription(newsletter=newsletter, person=person)
    return person


@pytest.fixture
def agreed(ann, newsletter):
    readings.agree(person=ann, newsletter=newsletter, language="en")
    return ann


@pytest.fixture
def issue(newsletter):
    return factories.make_issue(newsletter=newsletter, articles=2)


@pytest.fixture
def link(agreed, issue):
    """Where the first article's link in Ann's mail leads."""
    sending.start(by=None, issue=issue)
    article = issue.places.first().article
    token = tokens.make(readings.SCOPE, agreed.deliveries.get().token)
    return f"{article.get_absolute_url()}?r={token}"


def own_page(person):
    token = tokens.make("preferences", [person.pk, person.email])
    return f"/en/newsletters/preferences/{token}/"


def opened(client, address, **headers):
    return client.get(address, **BROWSER | headers)


def test_the_mails_of_those_who_agreed_carry_a_token(agreed, bob, issue, smtp):
    sending.start(by=None, issue=issue)
    deliveries.send(issue.pk)
    mails = {mail["To"]: mail for mail in smtp.messages}
    for part in ("plain", "html"):
        ann, bob_s = (
            mails[f"{who}@example.org"].get_body((part,)).get_content()
            for who in ("ann", "bob")
        )
        found = re.findall(r"/articles/[\w-]+/\?r=([\w:-]+)", ann)
        assert len(found) == 4, "two articles in two languages"
        assert tokens.read("reader", found[0]) == agreed.deliveries.get().token
        assert "/articles/" in bob_s
        assert "?r=" not in bob_s
        assert len(re.findall(r"/articles/[\w-]+/\?d=[\w:-]{83}", bob_s)) == 4
    html = {
        who: mails[f"{who}@example.org"].get_body(("html",)).get_content()
        for who in ("ann", "bob")
    }
    assert html["ann"].count("/opened/?r=") == 1
    assert "/opened/" not in html["bob"]
    assert "0READER0" not in "".join(str(mail) for mail in smtp.messages)
    assert "0LETTER0" not in "".join(str(mail) for mail in smtp.messages)


def test_other_modes_carry_no_token_of_a_reader(agreed, issue, newsletter):
    named = rendering.render(issue, language="en")
    for privacy in ("none", "unlinkable"):
        Newsletter.objects.update(privacy=privacy)
        issue.newsletter.refresh_from_db()
        assert readings.readers(issue.newsletter, [agreed.pk]) == set()
    assert "?r=" not in named.html
    assert "?r=" not in named.for_token("t").html
    assert "?r=" not in testing.uncounted(named).html
    longest = rendering.TOKEN_LETTERS * "x"
    personal = named.for_token(longest, f"?d={longest}", longest).html
    assert named.size == len(personal.encode()) + personal.count("\n")


def test_opening_is_kept_and_leads_to_the_clean_address(client, agreed, link, issue):
    answer = opened(client, link)
    clean = issue.places.first().article.get_absolute_url()
    assert (answer.status_code, answer["Location"]) == (302, clean)
    assert answer["Cache-Control"] == "no-store"
    reading = Reading.objects.get()
    assert reading.delivery.person == agreed
    assert reading.day == timezone.localdate()
    assert taken_hits().get().target_kind == "link", "the page is counted there, once"
    opened(client, clean)
    assert taken_hits().filter(target_kind="article").count() == 1
    opened(client, link)
    assert Reading.objects.count() == 1, "once a day"
    assert Reading.objects.get().article == issue.places.first().article


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
    ],
)
def test_machines_keep_nothing(client, link, headers):
    assert opened(client, link, **headers).status_code == 302
    assert client.head(link, **BROWSER).status_code == 302
    assert not Reading.objects.exists()


def test_a_link_and_an_opening_have_the_sector_of_who_agreed(client, link):
    Delivery.objects.update(sector="academic")
    opened(client, link)
    answer = opened(client, f"/opened/{link[link.index('?') :]}")
    assert answer["Content-Type"] == "image/gif"
    assert "no-store" in answer["Cache-Control"]
    hit, opening = taken_hits().order_by("pk")
    assert (hit.target_kind, opening.target_kind) == ("link", "pixel")
    assert hit.sector == opening.sector == "academic"
    assert hit.letter == opening.letter
    assert opening.target_id == Delivery.objects.first().issue_id


@pytest.mark.parametrize("token", ["", "x", "made"])
def test_an_opening_of_nobody_is_not_kept(client, link, agreed, newsletter, token):
    readings.withdraw(person=agreed, newsletter=newsletter, source="form")
    token = link.partition("=")[2] if token == "made" else token
    assert opened(client, f"/opened/?r={token}").status_code == 200
    assert not taken_hits().exists()


def test_a_test_and_staff_keep_nothing(client, manager_client, link):
    opened(manager_client, link)
    mark = hits.test_mark()
    answer = opened(client, f"{link}&{mark}")
    assert answer["Location"].endswith(f"?{mark}")
    opened(client, answer["Location"])
    assert not Reading.objects.exists()
    assert taken_hits().get().rule == "signed in", "only what the manager followed"


def test_bad_tokens_keep_nothing_and_the_article_is_read(client, link, agreed):
    address, _mark, token = link.partition("?r=")
    delivery = agreed.deliveries.get()
    for bad in (
        "x",
        "",
        f"{token}A",
        tokens.make("unsubscribe", delivery.token),
        tokens.make("reader", "unknown"),
    ):
        assert opened(client, f"{address}?r={bad}")["Location"] == address
    assert not Reading.objects.exists()
    for page in ("preferences", "unsubscribe"):
        borrowed = f"/en/newsletters/{page}/{token}/"
        assert client.get(borrowed).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert opened(client, link)["Location"] == address
    assert not Reading.objects.exists()


def test_an_article_of_another_issue_keeps_nothing(client, link):
    other = factories.make_issue(articles=1)
    factories.send_out(other)
    address = other.places.get().article.get_absolute_url()
    opened(client, f"{address}?{link.partition('?')[2]}")
    assert not Reading.objects.exists()


def test_another_mode_stops_it_at_once(client, link):
    Newsletter.objects.update(privacy="unlinkable")
    opened(client, link)
    assert not Reading.objects.exists()


def test_taking_it_back_erases_what_was_kept(client, agreed, link, newsletter):
    opened(client, link)
    page = client.get(own_page(agreed)).content.decode()
    assert 'name="unread"' in page
    form = {"newsletters": [newsletter.pk], "language": "en"}
    client.post(own_page(agreed), form | {"readings_of": [newsletter.pk]})
    assert Reading.objects.count() == 1, "nothing was taken back"
    client.post(
        own_page(agreed), form | {"readings_of": [newsletter.pk], "unread": "1"}
    )
    assert not Reading.objects.exists()
    assert Consent.objects.last().action == "withdrawn"
    assert newsletter.pk in preferences.subscribed(agreed)
    opened(client, link)
    assert not Reading.objects.exists(), "the old link keeps nothing more"
    assert 'name="unread"' not in client.get(own_page(agreed)).content.decode()


def test_who_leaves_takes_it_back_too(client, agreed, link, newsletter):
    opened(client, link)
    token = tokens.make("unsubscribe", agreed.deliveries.get().token)
    client.post(f"/unsubscribe/{token}/")
    assert not Reading.objects.exists()
    client.post(f"/en/newsletters/unsubscribe/{token}/", {"back": "1"})
    assert newsletter.pk in preferences.subscribed(agreed)
    assert readings.agreed(agreed.pk) == set(), "asked anew"


def test_a_withdrawal_on_paper_takes_it_back_too(agreed, newsletter, manager):
    subscriptions.enter(
        by=manager,
        newsletter=newsletter,
        name="Ann",
        email=agreed.email,
        language="en",
        word="withdrawn",
        source="paper",
        evidence="A letter",
    )
    assert readings.agreed(agreed.pk) == set()


def test_the_preferences_ask_unticked_and_keep_the_wording(client, ann, newsletter):
    factories.make_newsletter(privacy="unlinkable")
    page = client.get(own_page(ann)).content.decode()
    (box,) = re.findall(r'<input[^>]*name="readings_of"[^>]*>', page)
    assert "checked" not in box
    assert "which articles I open from “The One”" in page
    form = {"newsletters": [newsletter.pk], "readings_of": [newsletter.pk]}
    client.post(own_page(ann), form | {"language": "en"})
    row = Consent.objects.get(purpose="reading")
    assert (row.person, row.about, row.action) == (ann, newsletter.slug, "given")
    assert row.wording == readings.wording(newsletter)
    assert row.wording_version == readings.WORDING_VERSION
    page = client.get(own_page(ann)).content.decode()
    assert re.search(r'<input[^>]*name="readings_of"[^>]*checked', page)


def test_only_for_what_they_get(client, ann, newsletter):
    form = {"newsletters": [], "readings_of": [newsletter.pk], "language": "en"}
    client.post(own_page(ann), form)
    assert not Consent.objects.filter(purpose="reading").exists()


def test_what_no_longer_asks_can_still_be_taken_back(client, agreed, newsletter):
    Newsletter.objects.update(privacy="unlinkable")
    assert "readings_of" in client.get(own_page(agreed)).content.decode()
    client.post(own_page(agreed), {"newsletters": [newsletter.pk], "language": "en"})
    assert readings.agreed(agreed.pk) == set()
    assert "readings_of" not in client.get(own_page(agreed)).content.decode()


@pytest.mark.parametrize(("privacy", "asked"), [("named", 1), ("unlinkable", 0)])
def test_signing_up_asks_who_has_the_address(client, newsletter, privacy, asked):
    Newsletter.objects.update(privacy=privacy)
    waiting = factories.make_subscription(newsletter=newsletter, confirmed=False)
    for ticked in ({}, {"reading": "on"}):
        token = tokens.make("confirm-subscription", [waiting.pk, 0])
        if not ticked:
            page = client.get(f"/en/newsletters/confirm/{token}/").content.decode()
            boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*>', page)
            assert len(boxes) == asked
            assert "checked" not in "".join(boxes)
        client.post(f"/en/newsletters/confirm/{token}/", ticked)
        found = Consent.objects.filter(purpose="reading", person=waiting.person)
        assert found.count() == (asked if ticked else 0)


def test_managers_see_it_in_the_history(client, manager_client, agreed, link, issue):
    opened(client, link)
    page = manager_client.get(f"/en/people/{agreed.pk}/").content.decode()
    title = issue.places.first().article.title_en
    assert f"Opened the article “{title}”" in page
    assert "Given: To have one&#x27;s reading kept by name" in page


def test_they_get_it_and_it_goes_with_them(client, agreed, bob, link, newsletter):
    opened(client, link)
    file = ZipFile(BytesIO(access.export(by=None, person=agreed)))
    (row,) = json.loads(file.read("data.json"))["newsletters.Reading"]
    assert row["day"] == f"{timezone.localdate()}"
    file = ZipFile(BytesIO(access.export(by=None, person=bob)))
    assert "newsletters.Reading" not in json.loads(file.read("data.json"))
    erasure.erase(by=None, person=agreed)
    assert not Reading.objects.exists()
    assert Delivery.objects.count() == 2
    opened(client, link)
    assert not Reading.objects.exists()


def test_after_a_merge_the_kept_one_s_word_counts(client, agreed, link, newsletter):
    kept = factories.make_person()
    merging.merge(by=None, kept=kept, merged=agreed)
    opened(client, link)
    assert Reading.objects.get().delivery.person == kept
    readings.withdraw(person=agreed, newsletter=newsletter, source="form")
    assert not Reading.objects.exists()


def test_other_newsletters_ask_the_database_nothing(
    agreed, issue, django_assert_num_queries
):
    Newsletter.objects.update(privacy="unlinkable")
    issue.newsletter.refresh_from_db()
    with django_assert_num_queries(0):
        readings.readers(issue.newsletter, [agreed.pk])
    issue.newsletter.privacy = "named"
    with django_assert_num_queries(1):
        assert readings.readers(issue.newsletter, [agreed.pk]) == {agreed.pk}


def test_after_two_years_it_goes(client, link):
    opened(client, link)
    with time_machine.travel(timezone.now() + timedelta(days=720)):
        retention.night(by=None)
        assert not Due.objects.filter(rule="readings").exists()
    with time_machine.travel(timezone.now() + timedelta(days=732)):
        retention.night(by=None)
        assert Due.objects.get(rule="readings").person_id
    with time_machine.travel(timezone.now() + timedelta(days=740)):
        retention.night(by=None)
    assert not Reading.objects.exists()
