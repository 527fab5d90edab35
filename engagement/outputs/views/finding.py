from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.outputs import finding
from engagement.outputs.forms_find import FindForm
from engagement.outputs.models import Output

PER_PAGE = 20


@public
@require_safe
def list_outputs(request: HttpRequest) -> HttpResponse:
    """Everything by status; or what was looked for, the likeliest first."""
    form = FindForm(request.GET)
    outputs = Output.objects.listed().by_status()
    words = ""
    if form.is_valid():
        words = form.cleaned_data.pop("words")
        outputs = outputs.chosen(**form.cleaned_data)
    found: Any = finding.search(words, outputs) if words else outputs
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "words": words,
        "results": finding.with_snippets(page, words) if words else [],
    }
    return render(
        request, "outputs/list.html", context, status=422 if form.errors else 200
    )
