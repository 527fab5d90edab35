from django.contrib import admin

from engagement.studies.models import Milestone, Study


class MilestoneInline(admin.TabularInline[Milestone, Study]):
    model = Milestone
    extra = 0


@admin.register(Study)
class StudyAdmin(admin.ModelAdmin[Study]):
    list_display = ["title_en", "title_cy", "slug", "position"]
    inlines = [MilestoneInline]
