"""Documents of what is out."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.metrics.services import hits
from newsletters import queries
from newsletters.models import Issue, Newsletter

logger = logging.getLogger(__name__)


@public
@require_safe
def document(
    request: HttpRequest, newsletter: str, slug: str, language: str
) -> HttpResponseBase:
    """The PDF of an issue in one language, and a hit unless its newsletter counts none."""
    issue = get_object_or_404(
        Issue.objects.public().select_related("newsletter"),
        newsletter__slug=newsletter,
        slug=slug,
    )
    found = get_object_or_404(queries.documents(issue), language=language)
    content = _opened(found.upload)
    # A part of a file (RFC 9110, 14.2) is no download of its own.
    if issue.newsletter.privacy != Newsletter.Privacy.NONE and (
        "Range" not in request.headers
    ):
        hits.record(
            request,
            target_kind="issue_document",
            target_id=found.pk,
            study_id=issue.newsletter.study_id,
        )
    answer = FileResponse(content, content_type="application/pdf")
    answer["Content-Language"] = found.language
    name = f"{issue.slug}-{found.language}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _opened(upload: FieldFile) -> FieldFile:
    try:
        return upload.open("rb")
    except FileNotFoundError as error:
        logger.exception("%s is not on the disk.", upload.name)
        raise Http404 from error
