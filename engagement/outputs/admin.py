from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.core.admin import ReadOnly
from engagement.outputs.models import Edition, File, Output, Release, ReleaseChange


@admin.register(Output)
class OutputAdmin(Recorded):
    list_display = ["title_en", "study", "kind", "status", "year"]
    list_filter = ["study", "kind", "status"]
    search_fields = ["title_en", "title_cy"]
    # It comes out with a release, which two people see to.
    readonly_fields = ["status", "published_at", "withdrawn_at"]


class FileInline(admin.TabularInline[File, Edition]):
    """Looked at here; a file comes in through its form, which checks it."""

    model = File
    extra = 0
    readonly_fields = ["upload", "name", "content_type", "size", "sha256"]

    def has_add_permission(self, *args: object) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    inlines = [FileInline]


class ChangeInline(admin.TabularInline[ReleaseChange, Release]):
    model = ReleaseChange
    extra = 0


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    list_display = ["title_en", "study", "state", "planned_month", "publish_at"]
    list_filter = ["study", "state"]
    inlines = [ChangeInline]
