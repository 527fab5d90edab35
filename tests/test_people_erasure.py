"""Who is erased is gone from every row, and every count stays as it was."""

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.events.models import Attendance, Registration
from engagement.events.services import registrations
from engagement.groups.models import Membership
from engagement.metrics import registry
from engagement.people.models import Consent, Person, Suppression
from engagement.people.queries import can_be_written_to
from engagement.people.services import erasure, people
from engagement.studies.models import Study
from newsletters.models import Delivery, Issue
from newsletters.services import deliveries, sending, subscriptions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.both]
NAME, ADDRESS = "Zebedee Unmistakable", "zebedee@example.org"


def send_all(issue):
    deliveries.send(issue.pk)


@pytest.fixture
def person(smtp):
    """Somebody with a row in as many tables as there are."""
    study = factories.make_study()
    person = factories.make_person(
        name=NAME,
        email=ADDRESS,
        function="research",
        organisation=factories.make_organisation(),
        user=factories.make_user(Role.STEERING_MEMBER, email=ADDRESS, name=NAME),
    )
    group = factories.make_group(study=study)
    factories.make_seat(group=group, member=person)
    newsletter = factories.make_newsletter(study=study)
    factories.make_subscription(newsletter=newsletter, person=person)
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    sending.start(by=None, issue=issue)
    send_all(issue)
    for event in (
        factories.make_event(study=study, published=True),
        factories.make_event(study=study, published=True),
    ):
        registrations.register(
            by=None,
            event=event,
            language="en",
            name=NAME,
            email=ADDRESS,
            organisation="Unmistakable Ltd",
            sector="private",
            wants_welsh=False,
        )
    past = Registration.objects.first()
    type(past.event).objects.filter(pk=past.event_id).update(
        starts_at="2020-01-01T10:00Z", status="held"
    )
    Attendance.objects.create(registration=past)
    return person


def everything():
    """Every value of every table as text."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model._meta.label, " ".join(map(str, row.values()))


def test_nothing_of_them_is_left_anywhere(person):
    pk = person.pk
    erasure.erase(by=None, person=person)
    for label, row in everything():
        assert "zebedee" not in row.lower(), label
        assert "unmistakable" not in row.lower(), label
    assert not Person.objects.filter(pk=pk).exists()


def test_what_was_counted_stays(person):
    before = {
        "deliveries": Delivery.objects.filter(state="accepted").count(),
        "consents": Consent.objects.count(),
        "registrations": Registration.objects.count(),
        "attendances": Attendance.objects.count(),
        "memberships": Membership.objects.count(),
    }
    erasure.erase(by=None, person=person)
    assert before == {
        "deliveries": Delivery.objects.filter(state="accepted").count(),
        "consents": Consent.objects.count(),
        "registrations": Registration.objects.count(),
        "attendances": Attendance.objects.count(),
        "memberships": Membership.objects.count(),
    }
    assert before["deliveries"] == before["attendances"] == 1


def test_a_place_ahead_is_given_back_and_a_seat_too(person):
    erasure.erase(by=None, person=person)
    ahead, past = (
        Registration.objects.get(event__status=status)
        for status in ("published", "held")
    )
    assert ahead.cancelled_at
    assert past.cancelled_at is None
    assert Membership.objects.get().ended_on


def test_every_metric_of_the_demonstration_stays_but_those_of_people_now(smtp):
    call_command("load_demo", verbosity=0)
    draft = Issue.objects.get(state="draft")
    sending.start(by=None, issue=draft)
    send_all(draft)
    wimd = Study.objects.get(slug="wimd")

    def readings():
        found = registry.for_study(wimd.pk)
        return {metric.key: reading for metric, reading in found}

    before = readings()
    gone = list(
        # Whoever is to come to something gives a place back.
        Person.objects.filter(registrations__event__study=wimd)
        .exclude(registrations__event__starts_at__gt=timezone.now())
        .distinct()[:3]
    )
    for one in gone:
        erasure.erase(by=None, person=one)
    after = readings()
    changed = {key for key in before if before[key] != after[key]}
    assert len(gone) == 3
    assert changed == {"contactable", "subscribers"}


def test_the_address_is_never_written_to_again(person):
    erasure.erase(by=None, person=person)
    assert Suppression.objects.get().reason == "erased"
    anew = people.create(by=None, email=ADDRESS, name="Z", language="en")
    assert not Person.objects.filter(can_be_written_to("pk"), pk=anew.pk).exists()


def test_an_issue_on_its_way_to_them_is_not_sent(person, smtp):
    newsletter = person.subscriptions.get().newsletter
    issue = factories.make_issue(newsletter=newsletter, articles=1)
    sending.start(by=None, issue=issue)
    arrived = len(smtp.messages)
    erasure.erase(by=None, person=person)
    send_all(issue)
    assert len(smtp.messages) == arrived
    assert issue.deliveries.get().state == "suppressed"


def test_the_link_to_leave_in_an_old_mail_goes_on_answering(person, client, smtp):
    link = urlsplit(smtp.messages[0]["List-Unsubscribe"].strip("<>")).path
    erasure.erase(by=None, person=person)
    assert client.post(link).status_code == 200


def test_the_trail_keeps_a_number(person, manager):
    erasure.erase(by=manager, person=person)
    entry = Entry.objects.get(action="person.erased")
    assert entry.target == f"#{person.pk}"
    assert entry.detail == {"reason": "erased"}


def test_a_second_time_is_refused(person):
    erasure.erase(by=None, person=person)
    with pytest.raises(people.Gone):
        erasure.erase(by=None, person=person)


def test_who_runs_the_site_closes_the_account_first(person):
    person.user.role = Role.MANAGER
    person.user.save()
    with pytest.raises(erasure.StillStaff):
        erasure.erase(by=None, person=person)
    assert Person.objects.filter(name=NAME).exists()
    assert not Suppression.objects.exists()


def test_those_merged_into_them_go_too(person):
    old = factories.make_person(name="Zebedee U", email="zu@example.org")
    factories.make_subscription(person=old)
    old.merged_into = person
    old.save()
    erasure.erase(by=None, person=old)
    assert not Person.objects.exists()
    assert Suppression.objects.count() == 2


def test_others_keep_what_is_theirs(person):
    other = factories.make_subscription().person
    erasure.erase(by=None, person=person)
    assert subscriptions.Subscription.objects.in_force().get().person == other


class TestCommand:
    def test_erases(self, person):
        call_command("erase_person", ADDRESS, yes=True)
        assert not Person.objects.exists()

    def test_asks_first(self, person, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda _question: "no")
        with pytest.raises(CommandError) as refused:
            call_command("erase_person", ADDRESS)
        assert refused.value.returncode == 1
        assert Person.objects.exists()

    def test_an_address_that_nobody_has(self):
        with pytest.raises(CommandError) as refused:
            call_command("erase_person", "nobody@example.org", yes=True)
        assert refused.value.returncode == 1
