from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.metrics import reading_rules, registry


@public
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Every figure as the code defines it, and the rules that all of them keep."""
    context = {
        "metrics": registry.defined(),
        "inside": settings.FEWEST_INSIDE,
        "outside": settings.FEWEST_PUBLIC,
        "rules_version": reading_rules.VERSION,
    }
    return render(request, "metrics/methods.html", context)
