"""Reports to the steering group: the list, one of them, its files, two side by side."""

import logging

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import check, requires
from engagement.core.bilingual import LANGUAGES, active
from engagement.core.errors import Refused
from engagement.reports import pages, side_by_side
from engagement.reports.forms import CompareForm, ReportForm
from engagement.reports.models import Report
from engagement.reports.services import exports, reports
from engagement.reports.views import dashboard
from engagement.studies.models import Study

logger = logging.getLogger(__name__)


@requires("accounts.sign_in")
@require_safe
def list_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """All of a study; managers can ask for another one, and hold two side by side."""
    study = dashboard.find(request, slug)
    return _list(request, study, ReportForm())


@requires("reports.manage")
@require_POST
def ask(request: StaffRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _list(request, study, form, status=422)
    report = reports.ask(by=request.user, study=study, **form.cleaned_data)
    messages.success(request, _("The report is being made in both languages."))
    return redirect(report)


@requires("accounts.sign_in")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was frozen; while it is being made, how far it is, live."""
    report = find(request, pk)
    context: dict[str, object] = {
        "report": report,
        "study": report.study,
        "reason": reports.REASONS.get(report.reason, ""),
        "steps": reports.STEPS,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/_progress.html", context)
    if report.state == Report.State.DONE:
        context["page"] = pages.of(report.data[active()])
        context |= {"digest": report.digest, "formats": exports.NAMES}
        context["sees_rows"] = dashboard.sees_rows(request)
    return render(request, "reports/report.html", context)


@requires("reports.manage")
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report, pk=pk)
    try:
        reports.ask_again(by=request.user, report=report)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The report is being made in both languages."))
    return redirect(report)


@requires("accounts.sign_in")
@require_safe
def file(request: HttpRequest, pk: int, lang: str) -> HttpResponseBase:
    """The PDF, as it was kept."""
    report = find(request, pk)
    kept = getattr(report, f"file_{lang}") if lang in LANGUAGES else None
    if not kept or report.state != Report.State.DONE:
        raise Http404
    try:
        content = kept.open("rb")
    except FileNotFoundError as error:
        logger.exception("Report %s is not on the disk.", pk)
        raise Http404 from error
    name = f"{report.study.slug}-{report.since}-{report.until}-{lang}.pdf"
    return FileResponse(content, filename=name, content_type="application/pdf")


@requires("accounts.sign_in")
@require_safe
def export(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    report = find(request, pk)
    if report.state != Report.State.DONE:
        raise Http404
    content = exports.of_report(
        by=request.user, report=report, lang=active(), form=form
    )
    name = f"{report.study.slug}-{report.since}-{report.until}-{active()}"
    return dashboard.download(content, name, form)


@requires("accounts.sign_in")
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The shares of two reports, with their difference."""
    study = dashboard.find(request, slug)
    form = CompareForm(request.GET or None, study=study)
    context: dict[str, object] = {"study": study, "form": form}
    if form.is_valid():
        pair = form.cleaned_data["first"], form.cleaned_data["second"]
        context["shown"] = pages.shown(side_by_side.table(*pair))
        context["pair"] = pair
    status = 422 if form.errors else 200
    return render(request, "reports/compare.html", context, status=status)


def find(request: HttpRequest, pk: int) -> Report:
    report = get_object_or_404(Report.objects.select_related("study"), pk=pk)
    check(request, "reports.view", report.study)
    return report


def _list(
    request: HttpRequest, study: Study, form: ReportForm, status: int = 200
) -> HttpResponse:
    found = list(study.reports.without_data().latest_first())
    context = {
        "study": study,
        "form": form,
        "reports": found,
        "can_compare": sum(row.state == Report.State.DONE for row in found) > 1,
    }
    return render(request, "reports/list.html", context, status=status)
