from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.admin import ReadOnly


class Recorded(admin.ModelAdmin[Any]):
    """What is done here is in the audit trail, beside the administration's own log."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entries.record(by=request.user, action="record.added", target=obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        entries.record(by=request.user, action="record.changed", target=obj)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Model]) -> Any:
        entries.record_many(by=request.user, action="record.deleted", targets=queryset)
        return super().log_deletions(request, queryset)


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ["at", "actor", "action", "target"]
    list_filter = ["action"]
    search_fields = ["target", "actor"]
