"""Outputs for programs: citations, links, the feed of what is new."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from engagement.core.access import public
from engagement.core.bilingual import active, other
from engagement.outputs import citations
from engagement.outputs.citations import signposts
from engagement.outputs.citations.forms import FORMS
from engagement.outputs.models import Edition, Output
from engagement.outputs.services import feeds

NEWEST = 50


@public
@require_safe
def cite(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """What is out, or was: anything else cannot be cited, by staff neither."""
    output = get_object_or_404(Output.objects.citable(), slug=slug)
    return _written(citations.of(output), form)


@public
@require_safe
def cite_edition(
    request: HttpRequest, slug: str, number: int, form: str
) -> HttpResponse:
    editions = Edition.objects.published().filter(
        output__in=Output.objects.citable(), output__slug=slug
    )
    edition = get_object_or_404(editions.select_related("output"), number=number)
    return _written(citations.of(edition.output, edition), form)


@public
@require_safe
def linkset(request: HttpRequest, slug: str) -> HttpResponse:
    output = get_object_or_404(Output.objects.citable(), slug=slug)
    return JsonResponse(signposts.linkset(output), content_type=signposts.LINKSET)


@public
@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    outputs = (
        Output.objects.published()
        .order_by("-changed_at", "pk")
        .select_related("study")
        .prefetch_related("authors", "editions__files")[:NEWEST]
    )
    twin = f"/{other(active())}{request.path.removeprefix(f'/{active()}')}"
    found = feeds.of_outputs(outputs, path=request.path, twin=twin)
    answer = HttpResponse(found.writeString("utf-8"), content_type=found.content_type)
    answer["Last-Modified"] = http_date(found.latest_post_date().timestamp())
    return answer


def _written(cited: citations.Cited, ending: str) -> HttpResponse:
    if ending not in FORMS:
        raise Http404
    form = FORMS[ending]
    answer = HttpResponse(
        form.write(cited), content_type=f"{form.content_type}; charset=utf-8"
    )
    if ending in ("bib", "ris"):
        # Opens in the reader's program for references.
        name = f'attachment; filename="{cited.key}.{ending}"'
        answer["Content-Disposition"] = name
    return answer
