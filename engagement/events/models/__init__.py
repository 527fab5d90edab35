from engagement.events.models.afterwards import Commitment, Feedback
from engagement.events.models.attendances import (
    Attendance,
    AttendanceReport,
    CheckIn,
    Participant,
)
from engagement.events.models.calendars import CalendarLink
from engagement.events.models.choices import HOLDING, IN_FORCE, RegistrationState
from engagement.events.models.events import (
    LATEST_FIRST,
    Event,
    EventQuerySet,
    Section,
    Series,
)
from engagement.events.models.invitations import Invitation
from engagement.events.models.notices import Notice
from engagement.events.models.questions import Answer, Option, Question
from engagement.events.models.registrations import (
    Needs,
    Quota,
    Registration,
    RegistrationQuerySet,
)
from engagement.events.models.sessions import Session, SessionPlace, Speaker

__all__ = [
    "HOLDING",
    "IN_FORCE",
    "LATEST_FIRST",
    "Answer",
    "Attendance",
    "AttendanceReport",
    "CalendarLink",
    "CheckIn",
    "Commitment",
    "Event",
    "EventQuerySet",
    "Feedback",
    "Invitation",
    "Needs",
    "Notice",
    "Option",
    "Participant",
    "Question",
    "Quota",
    "Registration",
    "RegistrationQuerySet",
    "RegistrationState",
    "Section",
    "Series",
    "Session",
    "SessionPlace",
    "Speaker",
]
