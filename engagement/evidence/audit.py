from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import add_kind
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    PublishedFigure,
    Recommendation,
)

add_kind(EvidenceOfUse, _("Evidence of use"))
add_kind(Finding, _("Finding"))
add_kind(PublishedFigure, _("Published figure"))
add_kind(Recommendation, _("Recommendation"))
