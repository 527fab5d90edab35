from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.outputs.models import Output

add_kind(Output, _("Output"))

add("output.created", _("Output created"))
add("output.updated", _("Output changed"))
add("output.planned", _("Output marked as planned"))
add("output.published", _("Output published"))
add("output.file_added", _("File added to an output"), file=_("File"))
add("output.file_removed", _("File removed from an output"), file=_("File"))
