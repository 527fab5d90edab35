import logging

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.errors import Refused
from engagement.evidence import graph
from engagement.evidence.forms.sources import SourceForm, StepForm
from engagement.evidence.graph import Ref, Thing
from engagement.evidence.models import EvidenceOfUse, Source, Step
from engagement.evidence.services import sources
from engagement.evidence.views.register import form_page, manage_only, saved

logger = logging.getLogger(__name__)
# By what research comes to be used.
PATHS = ("event", "meeting", "issue", "article", "decision", "use")


@manage_only
@form_page
def add(request: StaffRequest, pk: int) -> HttpResponse:
    use = get_object_or_404(EvidenceOfUse, pk=pk)
    form = SourceForm(posted(request), request.FILES or None)
    if form.is_valid():
        sources.add(by=request.user, use=use, **form.cleaned_data)
        return saved(request, use)
    status = 422 if form.is_bound else 200
    context = {"form": form, "use": use}
    return render(request, "evidence/add_source.html", context, status=status)


@manage_only
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.select_related("use"), pk=pk)
    try:
        sources.remove(by=request.user, source=source)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("evidence:show", source.use_id)
    return saved(request, source.use)


@manage_only
@require_safe
def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """404 where there is none, or it is gone from the disk."""
    source = get_object_or_404(Source.objects.exclude(upload=""), pk=pk)
    try:
        content = source.upload.open("rb")
    except FileNotFoundError as error:
        logger.exception("Source %s is not on the disk.", source.pk)
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=source.name,
        content_type=source.content_type,
    )


@manage_only
@form_page
def add_step(request: StaffRequest, pk: int) -> HttpResponse:
    """By which event, meeting, issue or programme it came about."""
    use = get_object_or_404(EvidenceOfUse.objects.select_related("study"), pk=pk)
    form = StepForm(posted(request), things=_things(request, use))
    if form.is_valid():
        try:
            sources.add_step(by=request.user, use=use, **form.step())
        except Refused as error:
            form.add_error("thing", str(error))
        else:
            return saved(request, use)
    status = 422 if form.is_bound else 200
    context = {"form": form, "use": use}
    return render(request, "evidence/add_step.html", context, status=status)


@manage_only
@require_POST
def remove_step(request: StaffRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(Step.objects.select_related("use"), pk=pk)
    sources.remove_step(by=request.user, step=step)
    return saved(request, step.use)


def _things(request: StaffRequest, use: EvidenceOfUse) -> list[Thing]:
    """Those of the study that it can have come about by."""
    if use.study_id is None:
        return []
    edges = graph.edges([Ref("study", use.study_id)])
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    ends.discard(Ref("use", use.pk))
    found = graph.things((end for end in ends if end.kind in PATHS), request.user)
    return sorted(found.values(), key=lambda one: (one.ref.kind, one.title_en))
