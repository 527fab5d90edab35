from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, REPLACED, Subject, address_in, declare
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    OverlapGroup,
    PublishedFigure,
    Recommendation,
    RecommendationNote,
    Source,
    Step,
    Submission,
    Survey,
    SurveyResponse,
)


def _by_address(subject: Subject) -> Q:
    return address_in("email", subject.addresses)


declare(
    EvidenceOfUse,
    plain="id source is_synthetic study slug kind user_en user_cy organisation sector "
    "function happened_on happened_precision recorded_at commitment description_en "
    "description_cy decision_en decision_cy use_type also_type model stage stage_en "
    "stage_cy degree beside_en beside_cy counterfactual_en counterfactual_cy budget_gbp "
    "budget_text_en budget_text_cy budget_period budget_basis overlap misuse "
    "misuse_done_en misuse_done_cy confidence judged judged_note_en judged_note_cy "
    "source_kind_en source_kind_cy consent consent_on published_at",
)
declare(EvidenceOfUse.outputs.through, plain="id evidenceofuse output")
declare(EvidenceOfUse.editions.through, plain="id evidenceofuse edition")
declare(EvidenceOfUse.helped.through, plain="id evidenceofuse finding")
declare(EvidenceOfUse.hindered.through, plain="id evidenceofuse finding")
declare(OverlapGroup, plain="id source is_synthetic slug name_en name_cy")
declare(
    Source,
    plain="id source is_synthetic use kind title_en title_cy url upload name "
    "content_type size sha256",
)
declare(Step, plain="id use kind target label_en label_cy")
declare(
    Submission,
    title=_("Uses of research that you told us of"),
    about=_by_address,
    plain="id study page_kind page_id body sector may_publish language state reason use "
    "created_at settled_at",
    personal={
        "name": CLEARED,
        "email": CLEARED,
        "text": REPLACED,
        "decision": CLEARED,
    },
)
declare(
    Finding,
    plain="id source is_synthetic study slug kind category_en category_cy text_en "
    "text_cy",
)
declare(
    Recommendation,
    plain="id source is_synthetic study slug text_en text_cy addressed_to "
    "addressed_to_en addressed_to_cy owner owner_words_en owner_words_cy state "
    "state_is_synthetic state_at due_on reminded_at",
)
declare(RecommendationNote, plain="id recommendation on text state created_at")
declare(
    PublishedFigure,
    plain="id source is_synthetic study slug position question_en question_cy answer_en "
    "answer_cy count base population base_note_en base_note_cy published",
)
declare(
    Survey,
    plain="id source is_synthetic study slug title_en title_cy note_en note_cy invited "
    "undeliverable questions sha256 imported_at imported_by published_at",
)
# Nobody can say whose answers they are: the files that are brought in name nobody.
declare(SurveyResponse, plain="id survey number answers")
