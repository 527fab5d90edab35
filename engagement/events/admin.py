from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from engagement.events.models import Attendance, Event, Registration


class ReadOnly:
    """Rows that a service writes under a lock; here they are only looked at."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    list_display = ["title_en", "kind", "status", "study", "starts_at", "is_synthetic"]
    list_filter = ["status", "kind", "study"]
    search_fields = ["title_en", "title_cy", "slug"]


@admin.register(Registration)
class RegistrationAdmin(ReadOnly, admin.ModelAdmin[Registration]):
    list_display = ["reference", "event", "name", "sector", "created_at"]
    list_filter = ["event", "sector"]
    search_fields = ["reference", "name", "email"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly, admin.ModelAdmin[Attendance]):
    list_display = ["registration", "marked_at"]
