from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add

add("record.added", _("Added in the administration"))
add("record.changed", _("Changed in the administration"))
add("record.deleted", _("Deleted in the administration"))
