from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.people.forms.organisations import FindForm
from engagement.people.models import Organisation
from engagement.people.queries import find_organisations


@requires("people.view")
@require_safe
def list_organisations(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = find_organisations(**asked) if asked else Organisation.objects.none()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(
        request,
        "people/organisations.html",
        {"form": form, "page": page},
        status=status,
    )


@requires("people.view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """After a merge, the body it became part of."""
    body = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if body.merged_into_id:
        return redirect("people:organisation", body.merged_into_id)
    posts = body.affiliations.filter(person__merged_into=None).select_related("person")
    context = {
        "organisation": body,
        "now": posts.filter(ended_on=None).order_by("person__name"),
        "before": posts.exclude(ended_on=None).order_by("-ended_on"),
    }
    return render(request, "people/organisation.html", context)
