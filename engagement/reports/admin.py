from django.contrib import admin

from engagement.core.admin import ReadOnly
from engagement.reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ["study", "since", "until", "quarter", "state"]
    list_filter = ["study", "state"]
    exclude = ["data"]
