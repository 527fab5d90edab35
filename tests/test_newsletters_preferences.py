"""A subscriber's own page: by links, without an account, telling strangers nothing."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.mail.models import Message
from engagement.people.models import Consent, Interest, Person, Suppression
from engagement.people.services import merging
from newsletters.models import Delivery, Subscription
from newsletters.services import deliveries, sending
from tests import factories

pytestmark = pytest.mark.django_db
START = "/en/newsletters/preferences/"


@pytest.fixture
def ann():
    person = factories.make_person(name="Ann", email="ann@example.org")
    factories.make_subscription(
        person=person, newsletter=factories.make_newsletter(title_en="The <b>One</b>")
    )
    return person


@pytest.fixture
def url(ann):
    return f"{START}{tokens.make('preferences', [ann.pk, ann.email])}/"


@pytest.fixture
def old_url(ann):
    """As it stands in an issue that was sent."""
    issue = factories.make_issue(
        newsletter=ann.subscriptions.get().newsletter, articles=1
    )
    sending.start(by=None, issue=issue)
    return f"{START}{tokens.make('unsubscribe', Delivery.objects.get().token)}/"


def link(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://[^/]+(/\S+/newsletters/(?!articles)\S+)", text)[1]


def gets(person):
    return Subscription.objects.in_force().filter(person=person).exists()


def test_a_link_comes_by_mail(client, ann, deliver_mail):
    client.post(START, {"email": "ANN@example.org"})
    (mail,) = deliver_mail()
    assert mail["To"] == "ann@example.org"
    page = client.get(link(mail)).content.decode()
    assert "ann@example.org" in page
    assert "The &lt;b&gt;One&lt;/b&gt;" in page
    assert "I agree to be sent" in page


def test_an_unknown_address_looks_the_same(client, ann):
    known = client.post(START, {"email": "ann@example.org"})
    unknown = client.post(START, {"email": "nobody@example.org"})
    assert known.content == unknown.content
    assert Message.objects.count() == 1
    assert client.post(START, {"email": "x"}).status_code == 422


def test_too_often_is_refused(client, ann, own_clock):
    for _time in range(3):
        assert client.post(START, {"email": "ann@example.org"}).status_code == 200
    assert client.post(START, {"email": "ann@example.org"}).status_code == 429


def test_choices_are_saved_and_kept_in_the_ledger(client, ann, url):
    other = factories.make_newsletter()
    health = Interest.objects.create(slug="h", name_en="Health", name_cy="Iechyd")
    done = client.post(
        url,
        {"newsletters": [other.pk], "language": "cy", "interests": [health.pk]},
        follow=True,
    )
    assert "Saved." in done.content.decode()
    ann.refresh_from_db()
    assert ann.language == "cy"
    assert ann.interests.get() == health
    got = Subscription.objects.in_force().values_list("newsletter", flat=True)
    assert list(got) == [other.pk]
    given, *saved = Consent.objects.order_by("pk")
    assert given.action == "given"
    # What is saved together has no order of its own.
    new, withdrawn = sorted(saved, key=lambda row: row.action)
    assert (new.action, withdrawn.action) == ("given", "withdrawn")
    assert (new.about, withdrawn.about) == (other.slug, given.about)
    assert other.title_en in new.wording
    assert new.wording_version


def test_leaving_all_and_coming_back(client, ann, url):
    newsletter = ann.subscriptions.get().newsletter
    ticked = {"newsletters": [newsletter.pk], "language": "en"}
    client.post(url, ticked | {"none": "1"})
    assert not gets(ann)
    client.post(url, ticked)
    assert gets(ann)


def test_saving_what_is_so_writes_nothing_into_the_ledger(client, ann, url):
    newsletter = ann.subscriptions.get().newsletter
    client.post(url, {"newsletters": [newsletter.pk], "language": "en"})
    assert Consent.objects.count() == 1


def test_reading_changes_nothing(client, ann, url):
    for page in ("", "address/", "everything/", "erase/"):
        assert client.get(url + page).status_code == 200
        assert client.head(url + page).status_code == 200
    assert client.get(f"{url}link/").status_code == 405
    assert gets(ann)
    assert Person.objects.count() == 1
    assert not Message.objects.exists()


def test_a_link_in_an_issue_opens_the_choices_and_no_more(
    client, ann, old_url, deliver_mail
):
    assert "ann@example.org" in client.get(old_url).content.decode()
    for page in ("address/", "everything/", "erase/"):
        for answer in (client.get(old_url + page), client.post(old_url + page)):
            assert "We need to know that it is you" in answer.content.decode()
    assert Person.objects.filter(pk=ann.pk).exists()
    client.post(f"{old_url}link/", {"page": "newsletters:erase"})
    (mail,) = deliver_mail()
    assert link(mail).endswith("/erase/")
    assert "What goes" in client.get(link(mail)).content.decode()


def test_every_issue_carries_the_link(ann, smtp, client):
    issue = factories.make_issue(
        newsletter=ann.subscriptions.get().newsletter, articles=1
    )
    sending.start(by=None, issue=issue)
    deliveries.send(issue.pk)
    (mail,) = smtp.messages
    for part in ("plain", "html"):
        text = mail.get_body((part,)).get_content()
        for lang in ("en", "cy"):
            own = re.search(rf"/{lang}/newsletters/preferences/[^\s\"]+", text)
            assert client.get(own[0]).status_code == 200


class TestChangeOfAddress:
    def ask(self, client, url, address="new@example.org"):
        return client.post(f"{url}address/", {"email": address})

    def test_the_new_address_confirms_and_the_old_is_told(
        self, client, ann, url, deliver_mail
    ):
        self.ask(client, url)
        (mail,) = deliver_mail()
        assert mail["To"] == "new@example.org"
        assert "new@example.org" in client.get(link(mail)).content.decode()
        ann.refresh_from_db()
        assert ann.email == "ann@example.org", "following a link did it"
        client.post(link(mail))
        ann.refresh_from_db()
        assert ann.email == "new@example.org"
        assert ann.addresses.get(address="new@example.org").confirmed_at
        (told,) = deliver_mail()
        assert told["To"] == "ann@example.org"
        assert client.post(link(mail)).status_code == 404, "a link is used once"

    def test_another_s_address_is_not_given_away(self, client, ann, url, deliver_mail):
        factories.make_person(email="bob@example.org")
        page = self.ask(client, url, "BOB@example.org").content
        assert page == self.ask(client, url, "free@example.org").content
        mails = {mail["To"]: mail for mail in deliver_mail()}
        text = mails["bob@example.org"].get_body(("plain",)).get_content()
        assert "another record" in text
        assert "newsletters/address" not in text

    def test_taken_in_the_meantime(self, client, ann, url, deliver_mail):
        self.ask(client, url)
        (mail,) = deliver_mail()
        factories.make_person(email="new@example.org")
        assert client.post(link(mail)).status_code == 404
        ann.refresh_from_db()
        assert ann.email == "ann@example.org"

    def test_an_address_that_is_none(self, client, url):
        assert self.ask(client, url, "x").status_code == 422


def test_everything_held_is_a_file(client, ann, url):
    answer = client.post(f"{url}everything/")
    assert answer["Cache-Control"] == "no-store"
    data = json.loads(ZipFile(BytesIO(answer.content)).read("data.json"))
    assert data["people.Person"][0]["email"] == "ann@example.org"


def test_erased(client, ann, url):
    assert "You have been erased" in client.post(f"{url}erase/").content.decode()
    assert not Person.objects.exists()
    assert Suppression.objects.get().reason == "erased"
    assert client.get(url).status_code == 404


def test_who_runs_the_site_is_told_why_not(client, ann, url):
    ann.user = factories.make_user()
    ann.save()
    assert "Close the account first" in client.post(f"{url}erase/").content.decode()
    assert Person.objects.exists()


def test_after_a_merge_the_link_opens_the_kept_one(client, ann, old_url):
    kept = factories.make_person(email="kept@example.org")
    merging.merge(by=None, kept=kept, merged=ann)
    assert "kept@example.org" in client.get(old_url).content.decode()


@pytest.mark.parametrize("page", ["", "address/", "everything/", "erase/", "link/"])
def test_bad_links(client, ann, url, page):
    forged = tokens.make("other", [ann.pk, ann.email])
    for token in ("x", forged, tokens.make("preferences", [ann.pk, "old@example.org"])):
        assert client.post(f"{START}{token}/{page}").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.post(url + page).status_code == 404


def test_welsh(client, ann, url):
    page = client.get(url.replace("/en/", "/cy/")).content.decode()
    assert "Eich dewisiadau" in page
    assert "Pa iaith yn gyntaf" in page


def test_the_questions(client, ann, url, django_assert_max_num_queries):
    for _number in range(5):
        factories.make_newsletter()
    with django_assert_max_num_queries(9):
        client.get(url)
