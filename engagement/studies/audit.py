from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add, add_kind
from engagement.studies.models import (
    Enquiry,
    Milestone,
    Ownership,
    PolicyChange,
    Risk,
    Study,
    Target,
    Term,
)

add_kind(Study, _("Study"))
add_kind(Enquiry, _("Enquiry"))
add_kind(Term, _("Word of a glossary"))
add_kind(Milestone, _("Milestone"))
add_kind(PolicyChange, _("Policy change"))

add("enquiry.recorded", _("Enquiry recorded"))
add("enquiry.answered", _("Enquiry answered"), mailed=_("Sent by e-mail"))
add("enquiry.assigned", _("Enquiry given to somebody to answer"))
add("term.added", _("Word added to a glossary"))
add("term.changed", _("Word of a glossary changed"))
add("term.removed", _("Word removed from a glossary"))
add("enquiry.asker_forgotten", _("Who asked a question forgotten"))

add_kind(Ownership, _("Role in a study"))
add_kind(Risk, _("Risk"))
add_kind(Target, _("Whom a study means to reach"))

add("ownership.begun", _("Role in a study taken"))
add("ownership.ended", _("Role in a study left"))
add("risk.raised", _("Risk raised"))
add("risk.given", _("Risk given to somebody to see to"))
add("risk.closed", _("Risk closed"))
add("target.added", _("Whom a study means to reach added"))
add("target.changed", _("Whom a study means to reach changed"))
add("target.removed", _("Whom a study means to reach removed"))
add("milestone.added", _("Milestone added"))
add("milestone.changed", _("Milestone changed"))
add("milestone.done", _("Milestone done"))
add("milestone.reopened", _("Milestone not done after all"))
add("policy_change.added", _("Policy change noted"))
add("policy_change.changed", _("Note of a policy change changed"))
add(
    "figure.exported",
    _("Rows behind a figure taken as a file"),
    figure=_("Figure"),
    since=_("From"),
    until=_("To"),
)
