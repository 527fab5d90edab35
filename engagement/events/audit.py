from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.events.models import (
    Attendance,
    AttendanceReport,
    CalendarLink,
    Commitment,
    Event,
    Feedback,
    Invitation,
    Registration,
    Series,
)

add_kind(Event, _("Event"))
add_kind(Series, _("Series"))
add_kind(Registration, _("Registration"))
add_kind(CalendarLink, _("Link to somebody's calendar"))
add_kind(Invitation, _("Invitation"))

add("event.created", _("Event created"))
add("event.updated", _("Event changed"))
add("event.repeated", _("Event repeated"), number=_("How many more events"))
add("event.programme_changed", _("Programme of an event changed"))
add("series.saved", _("Series of events saved"))
add("event.published", _("Event published"))
add("event.cancelled", _("Event cancelled"))
add("event.held", _("Event marked as held"))
add("event.not_held", _("Event marked as not held"))
add("event.attendance_marked", _("Attendance marked"), came=_("Came"))
add("registration.made", _("Place taken at an event"))
add("registration.cancelled", _("Place at an event given back"))
add("registration.changed", _("Registration changed"))
add("registration.offered", _("Place offered to the next in line"))
add("registration.placed", _("Place given to somebody who waited"))
add("registration.lapsed", _("Offer of a place run out"))
add("registration.needs_deleted", _("Needs deleted after the event"))
add("event.needs_seen", _("Needs of participants looked at"))
add("event.exported", _("Registrations downloaded"), form=_("Format"))
add("event.quotas_set", _("Places by sector changed"))
add("event.question_saved", _("Question of an event changed"))
add("event.question_removed", _("Question of an event removed"))
add(
    "calendar_link.sent",
    _("Link to a calendar mailed"),
    renewed=_("Earlier links stop"),
)
add("event.invited", _("People invited to an event"), people=_("People"))
add("invitation.withdrawn", _("Invitation taken back"))
add("invitation.answered", _("Invitation answered"), answer=_("Answer"))
add("invitation.deputy_declined", _("Deputy does not come"))
add("invitation.stopped", _("Asked for no more invitations"))
add_kind(AttendanceReport, _("Attendance report"))
add("report.uploaded", _("Attendance report read"))
add("report.applied", _("Attendance report applied"), came=_("Came"))
add("report.resolved", _("Participant of an attendance report resolved"))
add("report.undone", _("Attendance report undone"))
add("report.forgotten", _("Names in an attendance report deleted"))
add_kind(Attendance, _("Attendance"))
add("certificate.made", _("Certificate of attendance made"))
add(
    "event.checked_in",
    _("Checked in at the door"),
    came=_("Came"),
    undone=_("Check-in undone"),
)
add("registration.let_in", _("Given a place at the door"))
add_kind(Commitment, _("Commitment"))
add_kind(Feedback, _("Feedback on an event"))
add("event.feedback_asked", _("Those who came asked for feedback"), asked=_("Asked"))
add("feedback.given", _("Feedback given"))
add("commitment.added", _("Commitment taken down"), side=_("Who"))
add("commitment.changed", _("Commitment changed"))
add("commitment.taken_up", _("Proposed commitment taken up"))
add("commitment.taken_back", _("Proposed commitment deleted"))
add("commitment.settled", _("Outcome of a commitment set"), state=_("State"))
add("commitment.reopened", _("Commitment opened again"))
add("commitment.reported", _("Outcome told by the participant"), state=_("State"))
add("commitment.owner_reminded", _("Owner reminded of a commitment"))
add("commitment.participant_asked", _("Participant asked what came of it"))
add("event.summary_written", _("Summary of an event written"))
add("event.summary_published", _("Summary of an event published"))
add("event.summary_withdrawn", _("Summary of an event withdrawn"))
