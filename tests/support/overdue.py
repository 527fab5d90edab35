"""A row of each kind that a rule of retention says is over, by moving the clock."""

from datetime import timedelta

from django.utils import timezone

from engagement.events.models import AttendanceReport
from engagement.evidence.graph import Ref
from engagement.evidence.services import submissions
from engagement.people.models import PeopleImport
from engagement.people.services import merging
from engagement.studies.services import enquiries
from newsletters.models import Subscription
from newsletters.services import subscriptions
from tests import factories
from tests.support import registering

DAY = timedelta(days=1)
LONG = timedelta(days=3 * 365 + 1)


def sign_up(email="ann@example.org", newsletter=None):
    newsletter = newsletter or factories.make_newsletter()
    subscriptions.ask(
        newsletter=newsletter,
        email=email,
        name="Ann",
        language="en",
        sector="private",
        function="policy",
    )
    return Subscription.objects.get(newsletter=newsletter, person__email=email)


def an_idle_person(clock):
    person = factories.make_person()
    clock.shift(LONG)
    return person


def a_month_later(clock, row):
    clock.shift(31 * DAY)
    return row


def an_unconfirmed_sign_up(clock):
    return a_month_later(clock, sign_up())


def an_answered_enquiry(clock):
    enquiry = enquiries.record(
        by=None,
        study=None,
        question="?",
        channel="email",
        language="en",
        asked_on=timezone.localdate(),
        name="Ann",
        email="ann@example.org",
    )
    today = timezone.localdate()
    enquiries.answer(
        by=None, enquiry=enquiry, answer="!", answered_on=today, send=False
    )
    clock.shift(timedelta(days=2 * 365 + 1))
    return enquiry


def an_applied_import(clock):
    record = PeopleImport.objects.create(
        name="list.csv",
        state="applied",
        applied_at=timezone.now(),
        choices={"overwrite": True, "same": {"2": 7}},
        result={"counts": {"new": 1}, "shown": {"new": [[2, "Ann", "a@b.org", []]]}},
    )
    clock.shift(91 * DAY)
    return record


def a_read_report(clock):
    event = factories.make_event(status="held", days_ahead=-1)
    report = AttendanceReport.objects.create(
        event=event, program="zoom", name="a.csv", applied_at=timezone.now()
    )
    report.participants.create(name="Ann", email="a@b.org", minutes=9)
    clock.shift(91 * DAY)
    return report


def an_old_merge(clock):
    one, two = factories.make_person(), factories.make_person(name="Siân")
    row = merging.merge(by=None, kept=one, merged=two, fields=["name"])
    return a_month_later(clock, row)


def a_settled_submission(clock):
    row = submissions.submit(
        study=None,
        page=Ref("output", 1),
        language="en",
        fields={
            "text": "We used it.",
            "body": "A council",
            "sector": "local_authority",
            "may_publish": False,
            "name": "Mair",
        },
    )
    submissions.decline(by=None, submission=row, reason="No.")
    clock.shift(timedelta(days=2 * 365 + 1))
    return row


EXAMPLES = {
    "tellers": a_settled_submission,
    "needs": registering.needs_soon_to_go,
    "inbound": lambda _clock: factories.make_inbound(days_ago=366),
    "idle": an_idle_person,
    "unconfirmed": an_unconfirmed_sign_up,
    "askers": an_answered_enquiry,
    "imports": an_applied_import,
    "merges": an_old_merge,
    "reports": a_read_report,
    "readings": lambda clock: a_month_later(
        clock, factories.make_reading(days_ago=700)
    ),
    "unsaved": lambda clock: a_month_later(clock, factories.make_unsaved()),
}
