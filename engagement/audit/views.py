from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.audit.forms import FindForm
from engagement.core.access import requires


@requires("audit.view")
@require_safe
def list_entries(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    form = FindForm(request.GET)
    context = {
        "form": form,
        "page": Paginator(form.found(), 50).get_page(request.GET.get("page")),
        # What somebody typed, not what is left of it when a page is turned.
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    status = 422 if form.errors else 200
    return render(request, "audit/list.html", context, status=status)
