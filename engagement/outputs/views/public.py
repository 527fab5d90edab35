import logging

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.metrics.services import hits
from engagement.outputs.forms import FindForm
from engagement.outputs.models import File, Output
from engagement.outputs.queries import shelves

logger = logging.getLogger(__name__)


@public
@require_safe
def list_outputs(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    outputs = Output.objects.listed().by_status().select_related("study")
    if form.is_valid():
        chosen = {k: v for k, v in form.cleaned_data.items() if v and k != "words"}
        outputs = outputs.filter(**chosen).with_words(form.cleaned_data["words"])
    page = Paginator(outputs, 20).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(
        request, "outputs/list.html", {"form": form, "page": page}, status=status
    )


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    outputs = Output.objects.visible_to(request.user).select_related(
        "study", "supersedes"
    )
    output = get_object_or_404(outputs, slug=slug)
    files = File.objects.visible_to(request.user).filter(edition__output=output)
    context = {
        "output": output,
        "shelves": shelves(output, files),
        "successors": output.superseded_by.visible_to(request.user),
    }
    return render(request, "outputs/detail.html", context)


@public
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, and a hit where it is published; 404 where it is gone from the disk."""
    files = File.objects.visible_to(request.user).select_related("edition__output")
    file = get_object_or_404(files, pk=pk)
    try:
        content = file.upload.open("rb")
    except FileNotFoundError as error:
        logger.exception("File %s is not on the disk.", file.pk)
        raise Http404 from error
    output = file.edition.output
    # A part of a file (RFC 9110, 14.2) is no download of its own.
    if output.status == Output.Status.PUBLISHED and "Range" not in request.headers:
        hits.record(
            request, target_kind="file", target_id=file.pk, study_id=output.study_id
        )
    return FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
