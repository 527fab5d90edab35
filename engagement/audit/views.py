from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.audit.models import Entry
from engagement.core.access import requires


@requires("audit.view")
@require_safe
def list_entries(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    page = Paginator(Entry.objects.all(), 50).get_page(request.GET.get("page"))
    return render(request, "audit/list.html", {"page": page})
