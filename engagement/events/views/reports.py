"""Attendance reports of Teams and Zoom: upload, look, apply, say who is who, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.reports import ResolveForm, UploadForm
from engagement.events.models import AttendanceReport, Event, Participant
from engagement.events.services import participants, reports
from engagement.events.services.report_reading import Bad, BadReport

PER_PAGE = 50


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_reports(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = UploadForm(posted(request), request.FILES or None)
    bad: list[Bad] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = reports.upload(
                by=request.user, event=event, name=file.name, content=file.read()
            )
        except BadReport as refused:
            bad = refused.bad
            form.add_error("file", str(refused))
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("events:report", slug, report.pk)
    unknown = Q(participants__registration=None, participants__ignored=False)
    found = (
        event.reports.select_related("imported_by")
        .annotate(
            size=Count("participants"), unknown=Count("participants", filter=unknown)
        )
        .order_by("-imported_at", "-pk")
    )
    context = {"event": event, "form": form, "bad": bad, "reports": found}
    status = 422 if form.is_bound else 200
    return render(request, "events/reports.html", context, status=status)


@requires("events.manage")
@require_safe
def report(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    """What it would do, or has done; first those of whom nobody knows who they are."""
    found = _report(slug, pk)
    rows = found.participants.unknown_first().select_related("registration")
    unknown = Q(registration=None, ignored=False)
    counts = found.participants.aggregate(
        all=Count("pk"),
        unknown=Count("pk", filter=unknown),
        known=Count("registration", distinct=True),
        ignored=Count("pk", filter=Q(ignored=True)),
        outside=Count("pk", filter=Q(minutes=0)),
    )
    context = {
        "report": found,
        "event": found.event,
        "counts": counts,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "events/report.html", context)


@requires("events.manage")
@require_POST
def apply_report(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    try:
        reports.apply(by=request.user, report=_report(slug, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The report is applied."))
    return redirect("events:report", slug, pk)


@requires("events.manage")
@require_POST
def undo_report(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    try:
        reports.undo(by=request.user, report=_report(slug, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The report is removed, with all it had changed."))
    return redirect("events:reports", slug)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: StaffRequest, slug: str, pk: int, who: int) -> HttpResponse:
    rows = Participant.objects.filter(report__event__slug=slug, report=pk)
    found = get_object_or_404(rows.select_related("report__event"), pk=who)
    form = ResolveForm(posted(request), participant=found)
    if form.is_valid():
        try:
            _resolve(request, found, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("events:report", slug, pk)
    context = {"participant": found, "event": found.report.event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "events/participant.html", context, status=status)


def _resolve(request: StaffRequest, found: Participant, form: ResolveForm) -> None:
    what, by = form.cleaned_data["what"], request.user
    if what == form.REGISTERED:
        chosen = form.cleaned_data["registration"]
        participants.choose(by=by, participant=found, registration=chosen)
    elif what == form.NEW:
        participants.make(by=by, participant=found, **form.new())
    else:
        participants.ignore(by=by, participant=found)


def _report(slug: str, pk: int) -> AttendanceReport:
    rows = AttendanceReport.objects.select_related("event", "imported_by")
    return get_object_or_404(rows, event__slug=slug, pk=pk)
