from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.evidence import graph, linked
from engagement.evidence.graph import Ref, Thing
from engagement.studies.models import Study


@public
@require_safe
def around(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What a thing is tied to, of what this reader may see."""
    thing = _thing(request, kind, pk)
    context = {
        "thing": thing,
        "kind": graph.kinds()[kind],
        "groups": graph.around(thing.ref, request.user),
    }
    return render(request, "evidence/graph.html", context)


@public
@require_safe
def thing_data(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    thing = _thing(request, kind, pk)
    return _linked(linked.of_thing(thing.ref, request.user))


@public
@require_safe
def study_data(request: HttpRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    return _linked(linked.of_study(study.pk, request.user))


def _thing(request: HttpRequest, kind: str, pk: int) -> Thing:
    thing = graph.find(Ref(kind, pk), request.user)
    if thing is None:
        raise Http404
    return thing


def _linked(document: dict[str, Any]) -> HttpResponse:
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(
        document, json_dumps_params=options, content_type="application/ld+json"
    )
