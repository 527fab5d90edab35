"""The report of each quarter goes out with the papers of the steering group's meeting."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import LANGUAGES
from engagement.events.models import Event
from engagement.groups.models import Group, Meeting
from engagement.groups.services import meetings
from engagement.reports.models import Report
from engagement.studies.models import Study

AHEAD = (Event.Status.PLANNED, Event.Status.PUBLISHED)


def add_due() -> int:
    """The latest report of each study, to its next meeting; how many were added."""
    waiting = Report.objects.made().without_data().filter(meeting=None)
    waiting = waiting.exclude(quarter="").select_related("study")
    latest: dict[int, Report] = {}
    for report in waiting.order_by("until"):
        latest[report.study_id] = report
    return sum(add(by=None, report=report) for report in latest.values())


def add(*, by: User | None, report: Report) -> bool:
    """For information, in both languages. False where no meeting is ahead whose papers
    have not gone out yet: it waits, rather than coming late to one; or where a later
    quarter has been added already."""
    with transaction.atomic():
        meeting = next_meeting(report.study)
        found = Report.objects.select_for_update().get(pk=report.pk)
        if meeting is None or found.meeting_id or _is_old(found):
            return False
        for lang in LANGUAGES:
            meetings.add_paper(
                by=by,
                meeting=meeting,
                title_en=_title(found, "en"),
                title_cy=_title(found, "cy"),
                file=_file(found, lang),
                language=lang,
            )
        Report.objects.filter(pk=found.pk).update(meeting=meeting)
        entries.record(by=by, action="report.circulated", target=found)
    return True


def next_meeting(study: Study) -> Meeting | None:
    """Of the group that steers the study, the next one whose papers are still to go."""
    group = Group.objects.steering(study).first()
    ahead = Meeting.objects.filter(
        group=group,
        circulated_at=None,
        event__status__in=AHEAD,
        event__starts_at__gt=timezone.now(),
    )
    return ahead.order_by("event__starts_at", "pk").first() if group else None


def _is_old(report: Report) -> bool:
    later = report.study.reports.filter(until__gt=report.until)
    return later.exclude(quarter="").exclude(meeting=None).exists()


def _title(report: Report, lang: str) -> str:
    with translation.override(lang):
        days = {
            "first": date_format(report.since, "DATE_FORMAT"),
            "last": date_format(report.until, "DATE_FORMAT"),
        }
        return _("Impact report, %(first)s to %(last)s") % days


def _file(report: Report, lang: str) -> SimpleUploadedFile:
    with getattr(report, f"file_{lang}").open("rb") as file:
        return SimpleUploadedFile("report.pdf", file.read())
