"""An invitation or a place at an event keeps whoever has it, and for a while whoever had
it. What somebody needed there goes soon."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.events.models import (
    AttendanceReport,
    CalendarLink,
    Event,
    Invitation,
    Needs,
    Participant,
    Registration,
)
from engagement.events.services import registrations, reports
from engagement.people.keeping import Rule, add_rule, add_tie

# As the registration form says.
NEEDS = timedelta(days=30)
# A season in which somebody may say that they were there.
REPORTED = timedelta(days=90)

AHEAD = (Event.Status.PROPOSED, Event.Status.PLANNED, Event.Status.ONGOING)


def _event(since: datetime) -> Q:
    event = Q(event__starts_at__gte=since) | Q(event__ends_at__gte=since)
    # For no known day yet.
    return event | Q(event__starts_at=None, event__status__in=AHEAD)


def _invited(since: datetime) -> QuerySet[Invitation]:
    """What was taken back keeps nobody until its event."""
    standing = Q(withdrawn_at=None) & _event(since)
    happened = Q(invited_at__gte=since) | Q(answered_at__gte=since)
    return Invitation.objects.filter(standing | happened | Q(withdrawn_at__gte=since))


def _registered(since: datetime) -> QuerySet[Registration]:
    made = Q(created_at__gte=since) | Q(cancelled_at__gte=since)
    return Registration.objects.filter(
        _event(since) | made | Q(attendance__marked_at__gte=since)
    )


def _linked(since: datetime) -> QuerySet[CalendarLink]:
    """A link to a calendar keeps nobody: what is in the calendar does."""
    return CalendarLink.objects.none()


add_tie(Invitation, _invited)
add_tie(Registration, _registered)
add_tie(CalendarLink, _linked)


def _over(before: datetime) -> QuerySet[Needs]:
    ended = Coalesce("registration__event__ends_at", "registration__event__starts_at")
    found = Needs.objects.annotate(ended=ended).filter(ended__lte=before)
    return found.select_related("registration__event")


def _ended(needs: Needs) -> datetime:
    """When the event was over; an event without a day has had nobody register."""
    event = needs.registration.event
    return event.ends_at or event.starts_at or timezone.now()


def _forget(*, by: User | None, row: Needs) -> None:
    registrations.forget_needs(by=by, registration=row.registration)


def _reported(before: datetime) -> QuerySet[AttendanceReport]:
    """With names still in them, or never applied."""
    named = Participant.objects.filter(report=OuterRef("pk")).exclude(name="", email="")
    old = AttendanceReport.objects.filter(imported_at__lt=before)
    return old.filter(Exists(named) | Q(applied_at=None))


add_rule(
    Rule(
        key="needs",
        position=40,
        title=_("What somebody needs at an event"),
        why=_(
            "Access and dietary needs are asked for so that somebody can take part. "
            "After the event they are of no use."
        ),
        then=_("The needs are deleted. That somebody registered stays."),
        keep=NEEDS,
        model=Needs,
        due=_over,
        act=_forget,
        person=lambda needs: needs.registration.person_id,
        words=lambda needs: str(needs.registration),
        related=("registration__event",),
        ended=_ended,
    )
)


add_rule(
    Rule(
        key="reports",
        position=45,
        title=_("Names in attendance reports"),
        why=_(
            "What Teams or Zoom wrote of who was there is kept for a while, to resolve "
            "who is who and to undo a mistake."
        ),
        then=_(
            "Names and addresses are deleted; who came and for how long stays with the "
            "registrations. A report that was never applied is deleted whole."
        ),
        keep=REPORTED,
        model=AttendanceReport,
        due=_reported,
        act=reports.forget,
        person=lambda _report: None,
        words=str,
    )
)
