from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.groups.models import Decision, Group, Meeting, Paper, Seat

add_kind(Group, _("Group"))
add_kind(Seat, _("Seat"))
add_kind(Meeting, _("Meeting"))
add_kind(Paper, _("Paper"))
add_kind(Decision, _("Decision"))

add("group.updated", _("Group changed"))
add("seat.filled", _("Seat filled"))
add("seat.vacated", _("Seat left"))
add("meeting.planned", _("Meeting planned"))
add("paper.added", _("Paper added"))
add("decision.recorded", _("Decision recorded"))
