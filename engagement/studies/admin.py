from django.contrib import admin

from engagement.audit.admin import Recorded
from engagement.studies.models import Milestone, Study


class MilestoneInline(admin.TabularInline[Milestone, Study]):
    model = Milestone
    extra = 0


@admin.register(Study)
class StudyAdmin(Recorded):
    list_display = ["title_en", "title_cy", "slug", "position"]
    inlines = [MilestoneInline]
