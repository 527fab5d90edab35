"""Examples of the pages of events (see addresses.py)."""

from django.utils import timezone

from engagement.core import tokens
from engagement.events.models import (
    AttendanceReport,
    CalendarLink,
    Event,
    Invitation,
    Registration,
    Series,
)
from engagement.events.services import (
    chasing,
    deputies,
    feedback,
    invitations,
    questions,
    reports,
)
from engagement.events.services.details import Details
from engagement.outputs.models import Material
from tests import factories
from tests.support import registering


def make_missing():
    """What the demonstration lacks: answers, people invited, an attendance report."""
    ask_and_register()
    invite()
    report_attendance()


def examples():
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    registration = event.registrations.first() or Registration.objects.first()
    token = tokens.make("registration", str(registration.pk))
    of_token = ("registration", "calendar_link", "certificate", "ticket_pdf")
    return {
        **_registration_examples(event, registration),
        **{f"events:{page}": [token] for page in of_token},
        "events:mine": [tokens.make("calendar", _calendar_link())],
        "events:calendar_of": [2026, 3],
        "events:month_of": [2026, 3],
        "events:clash": [event.slug, "wimd-workshop-synthetic"],
        "study_events_ics": ["wimd"],
        **_invitation_examples(event),
        **_report_examples(),
        "events:ticket": [tokens.make("ticket", registration.reference)],
        **_after_examples(),
        # Organised by nobody who is signed in.
        "events:needs": ["w-consult"],
        "events": [event.slug],
        **_programme_examples(event),
    }


def invite():
    """Two people to the consultation, one of whom sends a deputy."""
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    people = [factories.make_person(sector="academic").pk for _ in range(2)]
    invitations.invite(by=None, event=event, people=people)
    deputies.send(
        by=None,
        invitation=event.invitations.last(),
        name="Deputy",
        email="deputy@example.org",
    )


def report_attendance():
    """Of an event of today, with somebody whom nobody knows, not applied."""
    event = factories.make_event(published=True, days_ahead=-0.1)
    at = f"{timezone.localtime(event.starts_at):%m/%d/%Y %I:%M:%S %p}"
    text = f"Name (original name),Email,Join time,Duration (minutes)\nAnn Wyn,,{at},9\n"
    reports.upload(by=None, event=event, name="zoom.csv", content=text.encode())


def ask_and_register():
    """For the event that is to come: a question, and somebody with needs."""
    event = Event.objects.get(slug="wimd-consultation-synthetic")
    questions.add(
        by=None,
        event=event,
        fields={"kind": "text", "label_en": "Why?", "label_cy": "Pam?"},
        options=[],
    )
    registering.register(event, details=Details(needs=("A ramp", "No nuts")))


def _registration_examples(event, registration):
    token = tokens.make("registration", str(registration.pk))
    question = event.questions.first()
    of_token = ("registration", "accept_place", "send_deputy")
    of_one = ("show_registration", "cancel_registration", "give_place")
    of_question = ("edit", "remove", "close", "move")
    number = question.pk if question else 1
    return {
        **{f"events:{page}": [token] for page in of_token},
        **{f"events:{page}": [registration.pk] for page in of_one},
        **{f"events:{page}_question": [number] for page in of_question},
        "events:change_registration": [token, "needs"],
        "events:register_step": [event.slug, "organisation"],
    }


def _calendar_link():
    person = Registration.objects.exclude(person=None).first().person
    return CalendarLink.objects.get_or_create(person=person)[0].pk


def _programme_examples(event):
    """Made here where the demonstration has none."""
    session = event.sessions.first() or factories.make_session(event=event)
    speaker = event.speakers.first() or factories.make_speaker(event=event)
    series = Series.objects.first() or factories.make_series()
    material = Material.objects.first() or factories.make_material(event=event)
    of_material = [material.event.slug, material.pk]
    one_session, one_speaker = [event.slug, session.pk], [event.slug, speaker.pk]
    return {
        "events:edit_series": [series.pk],
        "events:edit_session": one_session,
        "events:remove_session": one_session,
        "events:edit_speaker": one_speaker,
        "events:move_speaker": one_speaker,
        "events:remove_speaker": one_speaker,
        "outputs:materials": [event.slug],
        "outputs:move_material": of_material,
        "outputs:remove_material": of_material,
    }


def _invitation_examples(event):
    """An invitation, and somebody's deputy; nobody's where there is none."""
    asked = Invitation.objects.filter(event=event).first()
    deputy = Registration.objects.filter(source="deputy", person__isnull=False).last()
    theirs = [tokens.make("invitation", str(asked.pk if asked else 1))]
    pages = ("invitation", "invited_deputy", "stop_invitations")
    return {
        **{f"events:{page}": theirs for page in pages},
        "events:withdraw_invitation": [event.slug, asked.pk if asked else 1],
        "events:deputy": [tokens.make("deputy", str(deputy.pk if deputy else 1))],
    }


def _after_examples():
    """Of the workshop that was held: feedback, what was promised, the summary."""
    held = Event.objects.get(slug="wimd-workshop-synthetic")
    came = held.registrations.filter(attendance__isnull=False).first()
    promised = held.commitments.filter(registration__isnull=False, state="open").first()
    pages = ("commitment", "settle_commitment", "reopen_commitment")
    return {
        "events:feedback": [tokens.make(feedback.SCOPE, str(came.pk))],
        "events:outcome": [tokens.make(chasing.SCOPE, str(promised.pk))],
        **{f"events:{page}": [promised.pk] for page in pages},
        "events:summary": [held.slug],
        "events:feedback_results": [held.slug],
        "events:commitments": [held.slug],
        "evidence:record": [promised.pk],
    }


def _report_examples():
    report = AttendanceReport.objects.first()
    pages = ("report", "apply_report", "undo_report")
    if report is None:
        return {"events:participant": ["none", 1, 1]} | {
            f"events:{page}": ["none", 1] for page in pages
        }
    slug, who = report.event.slug, report.participants.first()
    return {"events:participant": [slug, report.pk, who.pk]} | {
        f"events:{page}": [slug, report.pk] for page in pages
    }
