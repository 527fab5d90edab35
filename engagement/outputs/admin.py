from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.core.admin import ReadOnly
from engagement.outputs.models import Edition, File, Output


@admin.register(Output)
class OutputAdmin(Recorded):
    list_display = ["title_en", "study", "kind", "status", "year"]
    list_filter = ["study", "kind", "status"]
    search_fields = ["title_en", "title_cy"]


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
