from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people.forms.editing import (
    AddressForm,
    EndForm,
    NewPersonForm,
    PersonForm,
    PostForm,
)
from engagement.people.models import Affiliation, Organisation, Person, Succession
from engagement.people.services import addresses, affiliations, people

manage_only = requires("people.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@form_page
def create(request: StaffRequest) -> HttpResponse:
    """Somebody new; whoever has the address already is shown instead."""
    form = NewPersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            made = people.add(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused))
            known = people.find(email)
            return _page(request, _("Add a person"), form, None, known=known)
        messages.success(request, _("The person was added. Add their post."))
        return redirect("people:add_post", made.pk)
    return _page(request, _("Add a person"), form, None)


@manage_only
@form_page
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    on_record = {
        "name": person.name,
        "language": person.language,
        "interests": person.interests.all(),
        "tags": ", ".join(person.tags.values_list("name", flat=True)),
    }
    form = PersonForm(posted(request), initial=on_record)
    if request.method == "POST" and form.is_valid():
        people.change(by=request.user, person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:detail", pk)
    return _page(request, _("Edit"), form, person)


@manage_only
@form_page
def add_address(request: StaffRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    form = AddressForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            addresses.add(
                by=request.user, person=person, address=form.cleaned_data["email"]
            )
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The address was added."))
            return redirect("people:detail", pk)
    return _page(request, _("Add an address"), form, person)


@manage_only
@require_POST
def change_address(request: StaffRequest, pk: int, address: int) -> HttpResponse:
    """Makes it the one mail goes to, or with "remove" takes it away."""
    person = _person(pk)
    row = get_object_or_404(person.addresses, pk=address)
    change = addresses.remove if "remove" in request.POST else addresses.make_primary
    try:
        change(by=request.user, person=person, address=row)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("people:detail", pk)


@manage_only
@form_page
def add_post(request: StaffRequest, pk: int) -> HttpResponse:
    person = _person(pk)
    form = PostForm(posted(request))
    if request.method == "POST" and form.is_valid():
        affiliations.begin(by=request.user, person=person, **form.cleaned_data)
        messages.success(request, _("The post was added."))
        return redirect("people:detail", pk)
    return _page(
        request, _("Add a post"), form, person, bodies=Organisation.objects.current()
    )


@manage_only
@require_POST
def end_post(request: StaffRequest, pk: int, post: int) -> HttpResponse:
    """Says what needs a successor now."""
    row = get_object_or_404(Affiliation, pk=post, person=_person(pk))
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter a date."))
        return redirect("people:detail", pk)
    try:
        raised = affiliations.end(
            by=request.user, affiliation=row, on=form.cleaned_data["on"]
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The post has ended."))
        if raised:
            messages.warning(request, _("Find a successor for what they held."))
    return redirect("people:detail", pk)


@manage_only
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """A successor was found, or none is needed."""
    row = get_object_or_404(Succession, pk=pk)
    affiliations.settle(by=request.user, succession=row)
    messages.success(request, _("Taken off the list."))
    if row.person_id:
        return redirect("people:detail", row.person_id)
    return redirect("website:dashboard")


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.current(), pk=pk)


def _page(
    request: StaffRequest, heading: str, form: Any, person: Person | None, **more: Any
) -> HttpResponse:
    context = {"form": form, "person": person, "heading": heading, **more}
    status = 422 if form.errors else 200
    return render(request, "people/person_form.html", context, status=status)
