from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people import histories
from engagement.people.forms.organisations import FindForm, OrganisationForm
from engagement.people.models import Organisation
from engagement.people.queries import find_organisations
from engagement.people.services import organisations
from engagement.people.views.histories import history


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
    context: dict[str, Any] = {
        "organisation": body,
        "parts": body.children.filter(merged_into=None),
        "now": posts.filter(ended_on=None).order_by("person__name"),
        "before": posts.exclude(ended_on=None).order_by("-ended_on"),
        **history(request, histories.of_organisation, body),
    }
    status = 422 if context["history_form"].errors else 200
    return render(request, "people/organisation.html", context, status=status)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    form = OrganisationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        body = organisations.create(by=request.user, **form.fields_and_aliases())
        messages.success(request, _("The organisation was added."))
        return redirect("people:organisation", body.pk)
    return _form_page(request, form, None)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Organisation.objects.current(), pk=pk)
    form = OrganisationForm(posted(request), instance=body)
    if request.method == "POST" and form.is_valid():
        try:
            # The form has put its values into `body`; the service loads its own.
            organisations.change(
                by=request.user, organisation=body, **form.fields_and_aliases()
            )
        except Refused as refused:
            form.add_error("parent", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:organisation", pk)
    return _form_page(request, form, Organisation.objects.get(pk=pk))


def _form_page(
    request: HttpRequest, form: OrganisationForm, body: Organisation | None
) -> HttpResponse:
    context = {"form": form, "organisation": body}
    status = 422 if form.errors else 200
    return render(request, "people/organisation_form.html", context, status=status)
