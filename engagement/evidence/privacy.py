from engagement.core.privacy import declare
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    PublishedFigure,
    Recommendation,
)

declare(
    EvidenceOfUse,
    plain="id source is_synthetic study slug user_en user_cy organisation sector "
    "description_en description_cy decision_en decision_cy use_type model stage_en "
    "stage_cy budget_gbp budget_text_en budget_text_cy confidence confidence_note_en "
    "confidence_note_cy source_kind_en source_kind_cy",
)
declare(EvidenceOfUse.outputs.through, plain="id evidenceofuse output")
declare(
    Finding,
    plain="id source is_synthetic study slug kind category_en category_cy text_en "
    "text_cy",
)
declare(
    Recommendation,
    plain="id source is_synthetic study slug text_en text_cy addressed_to "
    "addressed_to_en addressed_to_cy",
)
declare(
    PublishedFigure,
    plain="id source is_synthetic study slug position question_en question_cy answer_en "
    "answer_cy count base population base_note_en base_note_cy published",
)
