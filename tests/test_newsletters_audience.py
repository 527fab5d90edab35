"""Who will get an issue and who will not: each subscription is counted once."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.people.models import Suppression
from engagement.people.services import merging, suppressions
from newsletters.models import Subscription
from newsletters.services import audience, sending, subscriptions
from tests import factories

pytestmark = pytest.mark.django_db
KINDS = ["in", "welsh", "left", "waiting", "suppressed", "no_address", "twice"]


def subscribe(newsletter, kind):
    """A subscription that has become what `kind` says."""
    language = "cy" if kind == "welsh" else "en"
    person = factories.make_person(language=language, sector="academic")
    confirmed = kind != "waiting"
    row = factories.make_subscription(
        newsletter=newsletter, person=person, confirmed=confirmed
    )
    if kind == "left":
        subscriptions.leave(newsletter=newsletter, person=person)
    elif kind == "suppressed":
        reason = Suppression.Reason.values[0]
        suppressions.add(by=None, address=person.email, reason=reason)
    elif kind == "no_address":
        person.addresses.all().delete()
        person.email = ""
        person.save()
    elif kind == "twice":
        again = factories.make_person()
        factories.make_subscription(newsletter=newsletter, person=again)
        merging.merge(by=None, kept=person, merged=again)
    return row


@pytest.fixture
def newsletter():
    return factories.make_newsletter()


def test_each_reason(newsletter):
    for kind in KINDS:
        subscribe(newsletter, kind)
    subscribe(factories.make_newsletter(), "in")
    found = audience.count(newsletter)
    assert found.by_reason == {
        # One, one in Welsh, and who is kept of the two that were merged.
        "in": 3,
        "twice": 1,
        "withdrawn": 1,
        "no_address": 1,
        "suppressed": 1,
        "waiting": 1,
    }
    assert (found.going, found.staying, found.total) == (3, 5, 8)
    assert found.by_language == [("English first", 2), ("Welsh first", 1)]
    assert found.by_sector == [("Academic", 3)]
    named = audience.left_out(newsletter)
    assert sorted(row.why for row in named) == sorted(
        why for why, number in found.by_reason.items() if why != "in" and number
    )
    assert audience.left_out(newsletter, "waiting").get().why == "waiting"


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(kinds=st.lists(st.sampled_from(KINDS), max_size=8))
def test_the_numbers_add_up_and_are_what_is_frozen(kinds):
    newsletter = factories.make_newsletter()
    for kind in kinds:
        subscribe(newsletter, kind)
    found = audience.count(newsletter)
    assert found.total == Subscription.objects.filter(newsletter=newsletter).count()
    assert found.staying == audience.left_out(newsletter).count()
    assert found.going == sum(number for _label, number in found.by_language)
    assert found.going == sum(number for _label, number in found.by_sector)
    if found.going:
        issue = factories.make_issue(newsletter=newsletter, articles=1)
        assert sending.start(by=None, issue=issue).recipients == found.going


class TestPage:
    @pytest.fixture
    def issue(self, newsletter):
        for kind in KINDS:
            subscribe(newsletter, kind)
        return factories.make_issue(newsletter=newsletter, articles=1)

    def path(self, issue, page="audience"):
        return f"/en/newsletters/issues/{issue.pk}/{page}/"

    def test_says_how_many_will_and_will_not_and_why(self, manager_client, issue):
        for page in ("audience", "send"):
            text = manager_client.get(self.path(issue, page)).content.decode()
            words = " ".join(text.split())
            assert "3 will get it; 5 will not: 1 twice in the audience, 1 left" in words
            assert "1 suppressed, 1 unconfirmed" in words

    def test_names_who_will_not(self, manager_client, issue):
        waiting = audience.left_out(issue.newsletter, "waiting").get().person
        page = manager_client.get(self.path(issue)).content.decode()
        left = audience.left_out(issue.newsletter, "withdrawn").get().person
        assert waiting.name in page
        assert left.name in page
        page = manager_client.get(self.path(issue) + "?why=waiting").content.decode()
        assert waiting.name in page
        assert left.name not in page

    @pytest.mark.parametrize("why", ["in", "nonsense", "' OR 1=1"])
    def test_another_reason_is_none(self, manager_client, issue, why):
        page = manager_client.get(self.path(issue), {"why": why, "page": "x"})
        assert page.status_code == 200
        assert page.context["page"].paginator.count == 5

    def test_costs_the_same_for_many(
        self, manager_client, issue, django_assert_max_num_queries
    ):
        for _ in range(5):
            subscribe(issue.newsletter, "waiting")
        with django_assert_max_num_queries(11):
            manager_client.get(self.path(issue))

    def test_nobody_is_left_out(self, manager_client):
        newsletter = factories.make_newsletter()
        subscribe(newsletter, "in")
        page = manager_client.get(
            self.path(factories.make_issue(newsletter=newsletter))
        )
        assert "Everybody who subscribed will get it." in page.content.decode()

    def test_only_for_managers(self, client, member_client, issue):
        assert client.get(self.path(issue)).status_code == 302
        assert member_client.get(self.path(issue)).status_code == 403
