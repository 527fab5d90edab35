"""Reports on their way: asked for, frozen, set in both languages, kept.

The rows are the queue, as those of packs are: a worker claims one by an update that only
one can make, and says with each step that it lives.
"""

import hashlib
import logging
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import pdf
from engagement.core.bilingual import LANGUAGES
from engagement.core.states import check_move
from engagement.mail import queue
from engagement.reports import gathering, periods
from engagement.reports.models import Report
from engagement.reports.services import report_pdf
from engagement.studies.models import Study

logger = logging.getLogger(__name__)
State = Report.State
SILENT = timedelta(minutes=5)
TRIES = 3
# Counting, and a PDF in each language.
STEPS = 3
REASONS: dict[str, str | Promise] = {
    "no_pdf": _("This machine cannot make PDF files: Pango is missing."),
    "disk": _("The file could not be written. The disk may be full."),
    "stopped": _("The worker stopped three times. The log says why."),
}


class Lost(Exception):
    """Another worker has the report."""


def ask(
    *, by: User | None, study: Study, since: date, until: date, quarter: str = ""
) -> Report:
    """Both days are in it. The form has checked them."""
    with transaction.atomic():
        report = Report.objects.create(
            study=study,
            since=since,
            until=until,
            quarter=quarter,
            asked_at=timezone.now(),
            asked_by=by,
        )
        entries.record(by=by, action="report.asked", target=report)
        _tell(report.pk)
    return report


def ask_again(*, by: User | None, report: Report) -> None:
    """Of one that failed. Raises MoveNotAllowed."""
    with transaction.atomic():
        found = Report.objects.select_for_update().get(pk=report.pk)
        check_move(Report.MOVES, found.state, State.QUEUED)
        Report.objects.filter(pk=found.pk).update(
            state=State.QUEUED, attempts=0, done=0, reason=""
        )
        entries.record(by=by, action="report.asked", target=report)
        _tell(report.pk)


def ask_for_quarter(*, by: User | None, study: Study, today: date) -> Report | None:
    """That of the last whole quarter; None where there is one already."""
    name, first, last = periods.last_quarter(today)
    if study.reports.filter(quarter=name).exists():
        return None
    try:
        return ask(by=by, study=study, since=first, until=last, quarter=name)
    except IntegrityError:
        # Of two workers the second finds the row of the first.
        return None


def ask_for_quarters(today: date) -> int:
    """For each study that ran in the last whole quarter; how many were asked for."""
    _name, first, last = periods.last_quarter(today)
    running = Study.objects.exclude(ends_on__lte=first).exclude(starts_on__gt=last)
    found = [ask_for_quarter(by=None, study=study, today=today) for study in running]
    return len([one for one in found if one])


def make(report_id: int) -> None:
    """In the worker. What was frozen by one that crashed is kept as it is."""
    if not (report := _claim(report_id)):
        return
    try:
        if not report.data:
            _freeze(report)
        _heard(report, 1)
        for place, lang in enumerate(LANGUAGES, start=2):
            _set(report, lang)
            _heard(report, place)
        _finish(report)
    except Lost:
        logger.warning("Report %s was taken over by another worker.", report_id)
    except pdf.NoPdf:
        _mine(report, state=State.FAILED, reason="no_pdf")
    except OSError:
        logger.exception("Report %s could not be written.", report_id)
        _mine(report, state=State.FAILED, reason="disk")


def sweep() -> None:
    """Takes back what a crash left, and wakes workers."""
    gone = Report.objects.filter(
        state=State.MAKING, claimed_at__lt=timezone.now() - SILENT
    )
    gone.filter(attempts__gte=TRIES).update(state=State.FAILED, reason="stopped")
    gone.update(state=State.QUEUED, claimed_at=None)
    for pk in Report.objects.filter(state=State.QUEUED).values_list("pk", flat=True):
        _tell(pk)


def _tell(report_id: int) -> None:
    transaction.on_commit(lambda: queue.tell("reports.make", report_id=report_id))


def _claim(report_id: int) -> Report | None:
    mine = Report.objects.filter(pk=report_id, state=State.QUEUED).update(
        state=State.MAKING,
        claimed_at=timezone.now(),
        attempts=F("attempts") + 1,
        done=0,
    )
    rows = Report.objects.select_related("study")
    return rows.get(pk=report_id) if mine else None


def _freeze(report: Report) -> None:
    period = periods.days(report.since, report.until)
    report.data = gathering.documents(report.study, period)
    report.digest = gathering.digest(report.data)
    report.cut_off = timezone.now()
    frozen = {name: getattr(report, name) for name in ("data", "digest", "cut_off")}
    if not _mine(report, **frozen):
        raise Lost


def _set(report: Report, lang: str) -> None:
    """The file is on disk only if the row knows it. Raises Lost, NoPdf or OSError."""
    made = report_pdf.make(
        report.data[lang], report.digest, address=_address(report, lang)
    )
    file = getattr(report, f"file_{lang}")
    old = file.name
    name = f"{report.study.slug}-{report.since}-{report.until}-{lang}.pdf"
    file.save(name, ContentFile(made.content), save=False)
    kept = {
        f"file_{lang}": file.name,
        f"sha256_{lang}": hashlib.sha256(made.content).hexdigest(),
        f"pages_{lang}": made.pages,
    }
    if not _mine(report, **kept):
        file.storage.delete(file.name or "")
        raise Lost
    if old:
        file.storage.delete(old)


def _finish(report: Report) -> None:
    with transaction.atomic():
        if not _mine(report, state=State.DONE, made_at=timezone.now(), reason=""):
            raise Lost
        entries.record(
            by=None, action="report.made", target=report, digest=report.digest
        )


def _address(report: Report, lang: str) -> str:
    with translation.override(lang):
        return report.get_absolute_url()


def _heard(report: Report, done: int) -> None:
    now = timezone.now()
    if not _mine(report, done=done, claimed_at=now):
        raise Lost
    report.claimed_at = now


def _mine(report: Report, **fields: Any) -> int:
    """Changes the row if it is still this worker's."""
    claim = {"state": State.MAKING, "claimed_at": report.claimed_at}
    return Report.objects.filter(pk=report.pk, **claim).update(**fields)
