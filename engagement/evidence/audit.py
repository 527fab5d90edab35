from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Fact, add, add_kind
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    OverlapGroup,
    PublishedFigure,
    Recommendation,
    Source,
    Submission,
    Survey,
)

add_kind(EvidenceOfUse, _("Evidence of use"))
add_kind(Finding, _("Finding"))
add_kind(PublishedFigure, _("Published figure"))
add_kind(Recommendation, _("Recommendation"))
add_kind(OverlapGroup, _("Overlap group"))
add_kind(Source, _("Source of evidence"))
add_kind(Submission, _("Use told by the form"))

WHO = Fact(_("Who says so"), dict(Source.Kind.choices))
add("evidence.recorded", _("Evidence of use recorded"))
add("evidence.changed", _("Evidence of use changed"))
add(
    "evidence.consent_settled",
    _("Consent to publish settled"),
    consent=Fact(_("Consent"), dict(EvidenceOfUse.Consent.choices)),
)
add("evidence.published", _("Evidence of use published"))
add("evidence.unpublished", _("Evidence of use taken out of public view"))
add("evidence.source_added", _("Source added"), kind=WHO)
add("evidence.source_removed", _("Source removed"), kind=WHO)
add("evidence.overlap_added", _("Overlap group added"))
add("evidence.step_added", _("Step of the path added"))
add("evidence.step_removed", _("Step of the path removed"))
add("submission.received", _("Use told by the form"))
add("submission.taken_up", _("Use that was told put on record"))
add("submission.declined", _("Use that was told declined"))
add("submission.teller_forgotten", _("Who told of a use forgotten"))
add("recommendation.assigned", _("Recommendation given to somebody"))
add(
    "recommendation.moved",
    _("Recommendation moved"),
    state=Fact(_("State"), dict(Recommendation.State.choices)),
)
add("recommendation.noted", _("Note on a recommendation"))
add("recommendation.reminded", _("Owner of a recommendation reminded"))
add_kind(Survey, _("Survey"))
add("survey.imported", _("Survey brought in"), rows=_("Answers"))
add("survey.published", _("Survey published"))
add("survey.discarded", _("Survey thrown away"))
