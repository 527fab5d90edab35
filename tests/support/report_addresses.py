"""Examples of the pages of reports (see addresses.py)."""

from django.core.files.base import ContentFile
from django.utils import timezone

from engagement.reports import gathering, periods
from engagement.reports.models import Report
from tests import factories


def examples():
    """Of the study in one of whose groups the member sits."""
    report = _made()
    return {
        "reports": ["lti"],
        "reports:export": ["lti", "json"],
        "reports:export_funnel": ["lti", "json"],
        "reports:report": [report.pk],
        "reports:again": [report.pk],
        "reports:report_file": [report.pk, "en"],
        "reports:export_report": [report.pk, "json"],
    }


def _made():
    """The one that was asked for; its files are not what they will be."""
    report = Report.objects.filter(study__slug="lti").first()
    if report.state == "done":
        return report
    period = periods.days(report.since, report.until)
    report.data = gathering.documents(report.study, period)
    report.digest = gathering.digest(report.data)
    report.state, report.cut_off = "done", timezone.now()
    report.made_at = report.cut_off
    for file in (report.file_en, report.file_cy):
        file.save("report.pdf", ContentFile(factories.PDF), save=False)
    report.save()
    return report
