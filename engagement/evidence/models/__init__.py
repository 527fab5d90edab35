from engagement.evidence.models.figures import PublishedFigure
from engagement.evidence.models.findings import Finding
from engagement.evidence.models.recommendations import (
    Recommendation,
    RecommendationNote,
)
from engagement.evidence.models.sources import Source, Step
from engagement.evidence.models.submissions import Submission
from engagement.evidence.models.surveys import Survey, SurveyResponse
from engagement.evidence.models.uses import EvidenceOfUse, OverlapGroup

__all__ = [
    "EvidenceOfUse",
    "Finding",
    "OverlapGroup",
    "PublishedFigure",
    "Recommendation",
    "RecommendationNote",
    "Source",
    "Step",
    "Submission",
    "Survey",
    "SurveyResponse",
]
