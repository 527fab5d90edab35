import logging

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core import ranges
from engagement.core.access import public
from engagement.metrics.services import hits
from engagement.outputs import page
from engagement.outputs.models import File

logger = logging.getLogger(__name__)


@public
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file or a part of it; 410 where it was withdrawn, and 404 where it is not
    public, or gone from the disk."""
    files = File.objects.with_page(request.user).select_related("edition__output")
    file = get_object_or_404(files, pk=pk)
    withdrawn = file.edition.withdrawn_at or file.edition.output.withdrawn_at
    if withdrawn and not request.user.has_perm("outputs.manage"):
        return _gone(request, file)
    answer = ranges.respond(request, _stored(file))
    edition = file.edition
    # A part, or a refusal of one, is no reading of its own (COUNTER 5.1, 7.3).
    if edition.published_at and answer.status_code in (200, 304):
        hits.record(
            request,
            target_kind="file",
            target_id=file.pk,
            study_id=edition.output.study_id,
            language=file.language,
        )
    return answer


def _stored(file: File) -> ranges.Stored:
    try:
        content = file.upload.open("rb")
    except FileNotFoundError as error:
        logger.exception("File %s is not on the disk.", file.pk)
        raise Http404 from error
    return ranges.Stored(
        content=content,
        size=file.size,
        tag=file.sha256,
        modified=file.edition.published_at or file.edition.created_at,
        name=file.name,
        content_type=file.content_type,
    )


def _gone(request: HttpRequest, file: File) -> HttpResponseBase:
    """The page that says why its edition or its output was withdrawn."""
    shown = page.of(file.edition.output, request.user, file.edition.number)
    if shown is None:
        raise Http404
    context = page.context(shown, request.user)
    return render(request, "outputs/withdrawn.html", context, status=410)
