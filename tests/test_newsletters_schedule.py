"""An issue goes at its time, once, and only as it was approved."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.celery import app
from engagement.core.states import MoveNotAllowed
from engagement.mail.models import Message
from newsletters import tasks
from newsletters.models import Delivery, Issue
from newsletters.services import (
    approvals,
    content,
    issues,
    moments,
    scheduling,
    sending,
)
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def approver(db):
    return factories.make_user(Role.MANAGER, email="approver@example.org")


@pytest.fixture
def issue(approver):
    """Approved, and with somebody to get it."""
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    draft = factories.make_issue(newsletter=newsletter, articles=2)
    approvals.approve(by=approver, issue=draft)
    return draft


def path(issue, *parts):
    return f"/en/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def scheduled(issue, manager, **ahead):
    at = timezone.now() + timedelta(**ahead)
    return scheduling.schedule(by=manager, issue=issue, at=at)


class TestClocks:
    @pytest.mark.parametrize(
        ("day", "at", "utc"),
        [
            # Summer time ends at 02:00 on 25 October 2026.
            (date(2026, 10, 24), time(1, 30), "2026-10-24 00:30"),
            (date(2026, 10, 25), time(0, 59), "2026-10-24 23:59"),
            (date(2026, 10, 25), time(2, 0), "2026-10-25 02:00"),
            (date(2026, 10, 26), time(1, 30), "2026-10-26 01:30"),
            # It begins at 01:00 on 28 March 2027.
            (date(2027, 3, 28), time(0, 59), "2027-03-28 00:59"),
            (date(2027, 3, 28), time(2, 0), "2027-03-28 01:00"),
            (date(2027, 6, 1), time(9, 30), "2027-06-01 08:30"),
        ],
    )
    def test_a_time_in_wales_is_a_moment(self, day, at, utc):
        found = moments.moment(day, at).astimezone(UTC)
        assert f"{found:%Y-%m-%d %H:%M}" == utc

    @pytest.mark.parametrize("at", [time(1, 0), time(1, 30), time(1, 59)])
    def test_what_happens_twice_is_refused(self, at):
        with pytest.raises(moments.NoSuchMoment) as refused:
            moments.moment(date(2026, 10, 25), at)
        assert f"{at:%H:%M} on 25 October 2026 happens twice" in str(refused.value)

    @pytest.mark.parametrize("at", [time(1, 0), time(1, 30), time(1, 59)])
    def test_what_does_not_exist_is_refused(self, at):
        with pytest.raises(moments.NoSuchMoment) as refused:
            moments.moment(date(2027, 3, 28), at)
        assert f"{at:%H:%M} on 28 March 2027 does not exist" in str(refused.value)

    @pytest.mark.parametrize(
        ("day", "going", "waiting"),
        [
            (date(2026, 10, 25), "2026-10-25 09:30", "2026-10-25 09:29"),
            (date(2027, 3, 28), "2027-03-28 08:30", "2027-03-28 08:29"),
        ],
    )
    def test_half_past_nine_is_that_on_the_day_of_the_change(
        self, issue, manager, october, day, going, waiting
    ):
        at = moments.moment(day, time(9, 30))
        scheduling.schedule(by=manager, issue=issue, at=at)
        october.move_to(datetime.fromisoformat(f"{waiting}+00:00"))
        assert scheduling.start_due() == 0
        october.move_to(datetime.fromisoformat(f"{going}+00:00"))
        assert scheduling.start_due() == 1


class TestScheduling:
    def test_it_waits_and_then_goes_once(self, issue, manager, october):
        scheduled(issue, manager, hours=2)
        assert scheduling.start_due() == 0
        assert not Delivery.objects.exists()
        october.shift(timedelta(hours=2))
        assert (scheduling.start_due(), scheduling.start_due()) == (1, 0)
        issue.refresh_from_db()
        assert (issue.state, issue.recipients) == ("sending", 1)
        assert Entry.objects.get(action="issue.sent").actor_id is None

    def test_who_subscribes_while_it_waits_gets_it(self, issue, manager, october):
        scheduled(issue, manager, hours=2)
        factories.make_subscription(newsletter=issue.newsletter)
        october.shift(timedelta(hours=2))
        scheduling.start_due()
        assert Delivery.objects.count() == 2

    def test_not_in_the_past_and_within_a_year(self, issue, manager):
        for ahead in ({"seconds": 0}, {"minutes": -1}, {"days": 365, "seconds": 1}):
            with pytest.raises(moments.NotAhead):
                scheduled(issue, manager, **ahead)
        scheduled(issue, manager, days=365)

    def test_only_what_is_approved_and_ready(self, issue, manager):
        article = issue.places.first().article
        title, article.title_cy = article.title_cy, ""
        article.save()
        with pytest.raises(sending.NotReady):
            scheduled(issue, manager, hours=1)
        article.title_cy = f"{title} eto"
        article.save()
        with pytest.raises(scheduling.NotApproved):
            scheduled(issue, manager, hours=1)
        issue.refresh_from_db()
        assert (issue.state, issue.scheduled_at) == ("draft", None)

    def test_not_twice(self, issue, manager):
        scheduled(issue, manager, hours=1)
        with pytest.raises(MoveNotAllowed):
            scheduled(issue, manager, hours=2)

    def test_cancelled_it_is_a_draft_and_stays_one(self, issue, manager, october):
        scheduled(issue, manager, hours=1)
        scheduling.unschedule(by=manager, issue=issue)
        october.shift(timedelta(hours=2))
        assert scheduling.start_due() == 0
        issue.refresh_from_db()
        assert (issue.state, issue.scheduled_at) == ("draft", None)
        with pytest.raises(MoveNotAllowed):
            scheduling.unschedule(by=manager, issue=issue)

    def test_its_words_are_not_changed_while_it_waits(self, issue, manager):
        scheduled(issue, manager, hours=1)
        with pytest.raises(issues.NotADraft):
            issues.update(by=manager, issue=issue, fields={}, seen="")

    def test_the_clock_asks_every_half_minute(self, issue, manager, october):
        beats = [beat["task"] for beat in app.conf.beat_schedule.values()]
        assert tasks.start_due.name in beats
        scheduled(issue, manager, hours=1)
        october.shift(timedelta(hours=1))
        tasks.start_due()
        issue.refresh_from_db()
        assert issue.state == "sending"


class TestWhenItCannotGo:
    def due(self, issue, manager, october, **late):
        scheduled(issue, manager, hours=1)
        october.shift(timedelta(hours=1) + timedelta(**late))

    def given_back(self, issue, why):
        assert scheduling.start_due() == 0
        issue.refresh_from_db()
        assert (issue.state, issue.scheduled_at) == ("draft", None)
        assert not Delivery.objects.exists()
        assert Entry.objects.get(action="issue.not_sent").detail == {"why": why}
        assert scheduling.start_due() == 0
        return {message.to: message for message in Message.objects.all()}

    def test_an_article_was_changed_meanwhile(self, issue, manager, october):
        owner = factories.make_user(Role.MANAGER)
        issue.newsletter.owners.set([owner])
        self.due(issue, manager, october)
        article = issue.places.first().article
        article.body_en = "Not what was approved."
        article.save()
        mails = self.given_back(issue, "approval")
        assert list(mails) == [owner.email]
        assert "not approved as it is now" in mails[owner.email].text
        assert "20 October 2026, 14:00" in mails[owner.email].text
        assert "20 Hydref 2026, 14:00" in mails[owner.email].text

    def test_approved_again_it_goes(self, issue, manager, approver, october):
        self.due(issue, manager, october)
        article = issue.places.first().article
        article.body_en, article.body_cy = "Better.", "Gwell."
        article.save()
        approvals.approve(by=approver, issue=issue)
        assert scheduling.start_due() == 1

    def test_nobody_is_left_to_get_it(self, issue, manager, approver, october):
        self.due(issue, manager, october)
        issue.newsletter.subscriptions.all().delete()
        mails = self.given_back(issue, "obstacles")
        assert set(mails) == {manager.email, approver.email}
        text = mails[manager.email].text
        assert "The newsletter has no subscribers." in text
        assert "Nid oes gan y cylchlythyr danysgrifwyr." in text

    def test_a_little_late_it_goes(self, issue, manager, october):
        self.due(issue, manager, october, minutes=9, seconds=59)
        assert scheduling.start_due() == 1

    def test_past_due_after_a_restore_it_is_held_and_asked_about(
        self, issue, manager, october
    ):
        self.due(issue, manager, october, minutes=10)
        mails = self.given_back(issue, "late")
        assert "more than 10 minutes" in mails[manager.email].text

    def test_one_that_cannot_go_does_not_keep_others(
        self, issue, manager, approver, october
    ):
        other = factories.make_issue(newsletter=issue.newsletter, articles=1)
        approvals.approve(by=approver, issue=other)
        scheduled(other, manager, minutes=30)
        self.due(issue, manager, october)
        other.places.all().delete()
        assert scheduling.start_due() == 1


class TestPages:
    @pytest.fixture
    def client(self, manager):
        return signed_in(manager)

    def choose(self, client, issue, day, at, **more):
        words = {"day": day, "time": at, **more}
        return client.post(path(issue, "schedule"), words)

    def test_a_time_is_chosen_then_confirmed(self, client, issue):
        page = self.choose(client, issue, "2026-11-24", "09:30")
        assert page.status_code == 200
        assert "Tuesday 24 November 2026, 09:30" in page.content.decode()
        issue.refresh_from_db()
        assert issue.state == "draft"
        answer = self.choose(client, issue, "2026-11-24", "09:30", sure="1")
        assert answer.url == path(issue, "send")
        issue.refresh_from_db()
        assert issue.scheduled_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("day", "at", "words"),
        [
            ("2026-10-25", "01:30", "01:30 on 25 October 2026 happens twice"),
            ("2027-03-28", "01:30", "01:30 on 28 March 2027 does not exist"),
            ("2026-10-19", "09:30", "still to come"),
            ("2028-01-01", "09:30", "within a year"),
            ("", "", "Choose a day."),
            ("soon", "09:30", "Write the day as"),
            ("2026-10-25", "25:61", "Write the time as"),
        ],
    )
    def test_a_bad_time_is_told_and_kept(self, client, issue, day, at, words):
        page = self.choose(client, issue, day, at, sure="1")
        assert page.status_code == 422
        assert words in page.content.decode()
        assert f'value="{at}"' in page.content.decode() or not at

    def test_the_page_says_when_and_how_long(self, client, issue, manager):
        scheduled(issue, manager, hours=3)
        page = client.get(path(issue, "send")).content.decode()
        assert "Tuesday 20 October 2026, 16:00" in page
        assert "hours to go: 3" in page
        for address in (path(issue), path(issue, "progress")):
            shown = client.get(address, follow=True)
            assert shown.redirect_chain[-1][0] == path(issue, "send")
        lists = [client.get("/en/newsletters/manage/"), client.get("/en/dashboard/")]
        for page in lists:
            assert "Tuesday 20 October 2026, 16:00" in page.content.decode()

    def test_it_is_cancelled_by_a_button(self, client, issue, manager):
        scheduled(issue, manager, hours=3)
        assert client.get(path(issue, "unschedule")).status_code == 405
        client.post(path(issue, "unschedule"))
        issue.refresh_from_db()
        assert issue.state == "draft"

    def test_unapproved_there_is_no_way_past(self, client, issue):
        article = issue.places.first().article
        article.title_en = "Changed"
        article.save()
        for page in ("schedule", "send/now"):
            for answer in (
                client.get(path(issue, page)),
                client.post(path(issue, page)),
            ):
                assert answer.status_code in (302, 422), page
        self.choose(client, issue, "2026-11-24", "09:30", sure="1")
        issue.refresh_from_db()
        assert issue.state == "draft"
        page = client.get(path(issue, "send")).content.decode()
        assert "Changed since it was approved" in page
        assert path(issue, "changes") in page

    def test_sent_at_once_after_one_more_question(self, client, issue):
        page = client.get(path(issue, "send", "now")).content.decode()
        assert "cannot be called back" in page
        client.post(path(issue, "send", "now"))
        issue.refresh_from_db()
        assert issue.state == "sending"

    def test_only_for_managers(self, member_client, issue):
        for page in ("send", "schedule", "approve", "audience", "changes"):
            assert member_client.get(path(issue, page)).status_code == 403

    def test_in_welsh(self, client, issue, manager):
        scheduled(issue, manager, hours=3)
        page = client.get(path(issue, "send").replace("/en/", "/cy/")).content.decode()
        assert "Hydref 2026, 16:00" in page

    def test_costs_few_queries(
        self, client, issue, manager, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(28):
            client.get(path(issue, "send"))
        with django_assert_max_num_queries(22):
            client.get(path(issue, "schedule"))


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        ({"seconds": 59}, ""),
        ({"minutes": 119}, "minutes to go: 119"),
        ({"hours": 2}, "hours to go: 2"),
        ({"hours": 47}, "hours to go: 47"),
        ({"days": 2}, "days to go: 2"),
        ({"minutes": -5}, ""),
    ],
)
def test_how_long_is_left(ahead, words):
    assert moments.left(timezone.now() + timedelta(**ahead)) == words


def test_a_schedule_keeps_what_was_approved(issue, manager):
    before = content.digest(issue)
    scheduled(issue, manager, hours=1)
    assert content.digest(Issue.objects.get(pk=issue.pk)) == before
