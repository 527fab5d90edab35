from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.studies.models import Enquiry, Study, Term

add_kind(Study, _("Study"))
add_kind(Enquiry, _("Enquiry"))
add_kind(Term, _("Word of a glossary"))

add("enquiry.recorded", _("Enquiry recorded"))
add("enquiry.answered", _("Enquiry answered"), mailed=_("Sent by e-mail"))
add("enquiry.assigned", _("Enquiry given to somebody to answer"))
add("term.added", _("Word added to a glossary"))
add("term.changed", _("Word of a glossary changed"))
add("term.removed", _("Word removed from a glossary"))
add("enquiry.asker_forgotten", _("Who asked a question forgotten"))
