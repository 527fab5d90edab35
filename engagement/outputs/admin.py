from django.contrib import admin

from engagement.outputs.models import Edition, File, Output


@admin.register(Output)
class OutputAdmin(admin.ModelAdmin[Output]):
    list_display = ["title_en", "study", "kind", "status", "year"]
    list_filter = ["study", "kind", "status"]
    search_fields = ["title_en", "title_cy"]


class FileInline(admin.TabularInline[File, Edition]):
    model = File
    extra = 0
    readonly_fields = ["sha256", "size"]


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin[Edition]):
    inlines = [FileInline]
