from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.events.models import Event, Registration

add_kind(Event, _("Event"))
add_kind(Registration, _("Registration"))

add("event.created", _("Event created"))
add("event.updated", _("Event changed"))
add("event.published", _("Event published"))
add("event.cancelled", _("Event cancelled"))
add("event.held", _("Event marked as held"))
add("event.not_held", _("Event marked as not held"))
add("event.attendance_marked", _("Attendance marked"), came=_("Came"))
add("registration.made", _("Place taken at an event"))
add("registration.cancelled", _("Place at an event given back"))
