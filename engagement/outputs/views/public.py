from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.metrics.services import hits
from engagement.outputs import page as page_of
from engagement.outputs.citations import signposts
from engagement.outputs.models import Output


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The output with its newest edition; 410 where it was withdrawn."""
    return _page(request, slug, None)


@public
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, at the address that stays."""
    return _page(request, slug, number)


def _page(request: HttpRequest, slug: str, number: int | None) -> HttpResponse:
    outputs = Output.objects.visible_to(request.user).select_related("study")
    output = get_object_or_404(outputs, slug=slug)
    shown = page_of.of(output, request.user, number)
    if shown is None:
        raise Http404
    context = page_of.context(shown, request.user)
    edition = shown.edition if number is not None else None
    context |= {"permanent": edition is not None, "edition": edition}
    gone = shown.withdrawn and not request.user.has_perm("outputs.manage")
    if not gone:
        _count(request, output)
    name = "outputs/withdrawn.html" if gone else "outputs/detail.html"
    page = render(request, name, context, status=410 if gone else 200)
    return signposts.signpost(page, output, edition)


def _count(request: HttpRequest, output: Output) -> None:
    """A look at what is published; whichever edition it is, it is one at the output."""
    if output.status == Output.Status.PUBLISHED:
        hits.record(
            request,
            target_kind="output",
            target_id=output.pk,
            study_id=output.study_id,
        )
