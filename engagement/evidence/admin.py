from django.contrib import admin

from engagement.audit.admin import Recorded
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


@admin.register(OverlapGroup)
class OverlapGroupAdmin(Recorded):
    list_display = ["name_en", "slug", "source"]


@admin.register(Source)
class SourceAdmin(Recorded):
    list_display = ["use", "kind", "title_en", "sha256"]
    list_filter = ["kind"]


@admin.register(Submission)
class SubmissionAdmin(Recorded):
    list_display = ["created_at", "study", "body", "state"]
    list_filter = ["state"]


@admin.register(Survey)
class SurveyAdmin(Recorded):
    list_display = ["title_en", "study", "published_at", "source"]
    list_filter = ["study"]
    readonly_fields = ["questions", "sha256", "imported_by", "published_at"]
