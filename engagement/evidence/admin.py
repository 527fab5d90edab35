from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    PublishedFigure,
    Recommendation,
)


@admin.register(EvidenceOfUse)
class EvidenceOfUseAdmin(Recorded):
    list_display = ["description_en", "study", "use_type", "confidence", "source"]
    list_filter = ["study", "use_type", "confidence"]
    search_fields = ["description_en", "description_cy"]


@admin.register(Finding)
class FindingAdmin(Recorded):
    list_display = ["text_en", "study", "kind", "source"]
    list_filter = ["study", "kind"]


@admin.register(Recommendation)
class RecommendationAdmin(Recorded):
    list_display = ["text_en", "study", "source"]
    list_filter = ["study"]


@admin.register(PublishedFigure)
class PublishedFigureAdmin(Recorded):
    list_display = ["question_en", "answer_en", "count", "base", "source"]
