from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import (
    CLEARED,
    REPLACED,
    Subject,
    address_in,
    declare,
    kept,
)
from engagement.events.models import (
    Answer,
    Attendance,
    AttendanceReport,
    CalendarLink,
    CheckIn,
    Commitment,
    Event,
    Feedback,
    Invitation,
    Needs,
    Notice,
    Option,
    Participant,
    Question,
    Quota,
    Registration,
    Series,
    Session,
    SessionPlace,
    Speaker,
)
from engagement.events.services import commitments, notices, registrations
from engagement.mail.models import Message
from engagement.mail.services import messages


def _theirs(subject: Subject) -> Q:
    return Q(person__in=subject.people) | address_in("email", subject.addresses)


def _of_registration(subject: Subject) -> Q:
    rows = Registration.objects.filter(_theirs(subject))
    return Q(registration__in=rows)


def _in_a_report(subject: Subject) -> Q:
    return _of_registration(subject) | address_in("email", subject.addresses)


def _give_back(by: Any, subject: Subject) -> None:
    registrations.give_back(by=by, rows=Registration.objects.filter(_theirs(subject)))


def _forget_mails(by: Any, subject: Subject) -> None:
    """A deputy's mail names who sent them. One that waits is not sent without words."""
    rows = Invitation.objects.filter(_theirs(subject))
    about = Message.objects.filter(notice__invitation__in=rows)
    messages.stop(which=about, why=notices.TAKEN_BACK)
    Message.objects.filter(pk__in=about.values("pk")).update(
        subject="", text="", html=""
    )


def _take_back(by: Any, subject: Subject) -> None:
    rows = Commitment.objects.filter(_of_registration(subject))
    commitments.take_back(by=by, rows=rows)


declare(Series, plain="id title_en title_cy")
declare(
    Event,
    plain="id source is_synthetic study series slug uid sequence organiser kind status "
    "status_note_en status_note_cy title_en title_cy description_en description_cy "
    "starts_at ends_at time_zone starts_on date_note_en date_note_cy venue_en venue_cy "
    "mode join_url join_note_en join_note_cy languages interpretation host_en host_cy "
    "capacity registration_closes_at offer_hours format_en format_cy audience_en "
    "audience_cy led_by_en led_by_cy outcome_en outcome_cy said_en said_cy "
    "summary_published_at attended_reported created_at updated_at published_at",
)
declare(
    Session,
    plain="id event title_en title_cy starts_at ends_at room_en room_cy capacity",
)
declare(
    Speaker,
    plain="id event session position role_en role_cy organisation",
    personal={
        "name": kept("named in public with their agreement, as on any programme")
    },
)
declare(Quota, plain="id event sector places")
declare(
    Question,
    plain="id event position kind label_en label_cy hint_en hint_cy required closed_at",
)
declare(Option, plain="id question position label_en label_cy")
declare(
    Invitation,
    title=_("Events you were invited to"),
    about=_theirs,
    plain="id event audience sector function language answer answered_at invited_by "
    "invited_at reminded_at withdrawn_at",
    personal={"person": CLEARED, "name": CLEARED, "email": REPLACED},
    settle=_forget_mails,
)
declare(Notice, plain="id message event invitation")
declare(
    Registration,
    title=_("Events you registered for"),
    about=_theirs,
    plain="id event state source invitation replaces reference sector function language "
    "wants_welsh created_at cancelled_at offered_until sequence mail_due reminded_at "
    "joining_sent_at feedback_asked_at",
    personal={
        "person": CLEARED,
        "name": CLEARED,
        "email": REPLACED,
        "organisation": CLEARED,
    },
    settle=_give_back,
)
declare(
    CalendarLink,
    title=_("Links to a calendar of your events"),
    about=lambda subject: Q(person__in=subject.people),
    plain="id created_at revoked_at",
    personal={"person": CLEARED},
    delete=True,
)
declare(
    Needs,
    title=_("What you need at events"),
    about=_of_registration,
    plain="id registration",
    personal={"access": CLEARED, "dietary": CLEARED},
    delete=True,
)
declare(
    Answer,
    title=_("What you answered when you registered"),
    about=_of_registration,
    plain="id registration question agreed",
    personal={"text": CLEARED},
)
declare(Answer.options.through, plain="id answer option")
declare(
    SessionPlace,
    title=_("Sessions you chose"),
    about=_of_registration,
    plain="id session registration",
)
declare(
    Attendance,
    title=_("Events you came to"),
    about=_of_registration,
    plain="id registration method minutes certificate_code marked_at marked_by",
)
declare(
    CheckIn,
    title=_("When you were checked in"),
    about=_of_registration,
    plain="id key event registration action at received_at by",
)
declare(
    AttendanceReport,
    plain="id event program name sha256 imported_at imported_by applied_at",
)
declare(
    Participant,
    title=_("Online meetings you were in"),
    about=_in_a_report,
    plain="id report joined_at left_at minutes stays registration ignored",
    personal={"name": CLEARED, "email": CLEARED},
)
declare(
    Feedback,
    title=_("What you said of events"),
    about=_of_registration,
    plain="id event useful language created_at",
    personal={"registration": CLEARED, "use_for": CLEARED, "comment": CLEARED},
)
declare(
    Commitment,
    title=_("What you said you would do"),
    about=_of_registration,
    plain="id event side feedback owner due_on state settled_at is_public reminded_at "
    "asked_at created_at",
    personal={
        "registration": CLEARED,
        **dict.fromkeys(
            ("text_en", "text_cy", "outcome_en", "outcome_cy"),
            kept("what was promised, and what came of it, without who promised it"),
        ),
    },
    settle=_take_back,
)
