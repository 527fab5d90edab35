from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.audit.forms import FindForm
from engagement.audit.models import Entry
from engagement.core.access import requires


@requires("audit.view")
@require_safe
def list_entries(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    form = FindForm(request.GET)
    entries = Entry.objects.all()
    if form.is_valid() and form.cleaned_data["action"]:
        entries = entries.filter(action=form.cleaned_data["action"])
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(
        request, "audit/list.html", {"form": form, "page": page}, status=status
    )
