from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.core.admin import ReadOnly
from engagement.events.models import Attendance, Event, Registration


@admin.register(Event)
class EventAdmin(Recorded):
    list_display = ["title_en", "kind", "status", "study", "starts_at", "is_synthetic"]
    list_filter = ["status", "kind", "study"]
    search_fields = ["title_en", "title_cy", "slug"]


@admin.register(Registration)
class RegistrationAdmin(ReadOnly):
    list_display = ["reference", "event", "name", "sector", "created_at"]
    list_filter = ["event", "sector"]
    search_fields = ["reference", "name", "email"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    list_display = ["registration", "marked_at"]
