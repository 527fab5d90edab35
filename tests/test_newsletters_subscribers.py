"""Who gets a newsletter, who does not and why, and what was agreed to on paper."""

import hashlib

import pytest
from django.utils import translation

from engagement.audit.models import Entry
from engagement.people.models import Consent
from engagement.people.services import suppressions
from newsletters.models import Newsletter, Subscription
from newsletters.services import subscriptions
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/newsletters/manage/wimd/subscribers/"
ENTER = "/en/newsletters/manage/wimd/enter/"
SAID = {
    "name": "Ann Ŵyn",
    "email": "ann@example.org",
    "language": "cy",
    "word": "given",
    "source": "paper",
    "evidence": "paper form 7",
}


@pytest.fixture
def newsletter():
    return factories.make_newsletter(slug="wimd")


def subscriber(newsletter, name, **fields):
    person = factories.make_person(name=name)
    factories.make_subscription(newsletter=newsletter, person=person, **fields)
    return person


def test_each_state_has_its_list(manager_client, newsletter):
    subscriber(newsletter, "Gets")
    subscriber(newsletter, "Waits", confirmed=False)
    left = subscriber(newsletter, "Left")
    subscriptions.leave(newsletter=newsletter, person=left)
    stopped = subscriber(newsletter, "Stopped")
    suppressions.add(by=None, address=stopped.email, reason="complained")
    for show, name in (
        *(("in_force", "Gets"), ("waiting", "Waits")),
        *(("withdrawn", "Left"), ("stopped", "Stopped"), ("x", "Gets")),
    ):
        page = manager_client.get(URL, {"show": show}).content.decode()
        shown = {
            n for n in ("Gets", "Waits", "Left", "Stopped") if f"<bdi>{n}</bdi>" in page
        }
        assert shown == {name}, show


def test_a_paper_consent_counts_and_keeps_its_evidence(manager_client, newsletter):
    assert manager_client.post(ENTER, SAID).url == URL
    subscription = Subscription.objects.in_force().get()
    assert subscription.person.name == "Ann Ŵyn"
    consent = Consent.objects.get()
    assert (consent.source, consent.evidence) == ("paper", "paper form 7")
    assert "ann" not in str(Entry.objects.get(action="consent.given").detail)


def test_a_withdrawal_by_telephone(manager_client, newsletter):
    manager_client.post(ENTER, SAID)
    manager_client.post(ENTER, SAID | {"word": "withdrawn", "source": "team"})
    assert not Subscription.objects.in_force().exists()


def test_who_is_never_written_to_is_not_entered(manager_client, newsletter):
    suppressions.add(by=None, address="ann@example.org", reason="asked")
    answer = manager_client.post(ENTER, SAID)
    assert answer.status_code == 422
    assert "Only its owner can change that." in answer.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("field", SAID)
def test_what_is_missing_is_named(manager_client, newsletter, field):
    answer = manager_client.post(ENTER, SAID | {field: ""})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_the_questions_do_not_grow(
    manager_client, newsletter, django_assert_max_num_queries
):
    for number in range(20):
        subscriber(newsletter, f"P{number}")
    with django_assert_max_num_queries(11):
        manager_client.get(URL)


def test_only_for_managers(client, member_client, newsletter):
    for url in (URL, ENTER):
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403


# Each version of the wording by its hash: another wording needs another number.
WORDINGS = {"1": "3b6c9284f496a7f3"}


def test_the_wording_of_a_version_does_not_change():
    newsletter = Newsletter(title_en="T", title_cy="T")
    said = ""
    for lang in ("en", "cy"):
        with translation.override(lang):
            said += subscriptions.wording(newsletter)
    found = hashlib.sha256(said.encode()).hexdigest()[:16]
    assert WORDINGS[subscriptions.WORDING_VERSION] == found
