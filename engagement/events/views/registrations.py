"""Who has registered, for the team: the list, one of them, and what the team does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import check, requires
from engagement.core.errors import Refused
from engagement.events.forms.adding import AddForm
from engagement.events.forms.quotas import QuotasForm
from engagement.events.models import Event, Needs, Registration
from engagement.events.services import needs as looks
from engagement.events.services import places, quotas, registrations, waiting_list

PER_PAGE = 100


@requires("events.manage")
@require_safe
def list_registrations(request: StaffRequest, slug: str) -> HttpResponse:
    """Those with a place first, then the waiting list in its order, then the others."""
    event = get_object_or_404(Event.objects.with_counts(), slug=slug)
    rows = event.registrations.by_state()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "page": page,
        "quotas": event.quotas.with_taken(),
        "may_see_needs": request.user.has_perm("events.see_needs", event),
    }
    return render(request, "events/registrations.html", context)


@requires("events.manage")
@require_safe
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """One registration with its answers, and what can be done."""
    rows = Registration.objects.select_related("event", "replaces")
    found = get_object_or_404(rows, pk=pk)
    answers = found.answers.select_related("question").prefetch_related("options")
    context = {
        "registration": found,
        "event": found.event,
        "answers": answers.order_by("question__position", "question"),
        "sessions": found.event.sessions.filter(places__registration=found),
        "can_cancel": registrations.can_cancel(found),
        "can_place": waiting_list.can_accept(found),
        "in_line": places.in_line(found) if found.state == "waiting" else 0,
    }
    return render(request, "events/show_registration.html", context)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, slug: str) -> HttpResponse:
    """By the same rules as on the site: there is no place beyond the places."""
    event = get_object_or_404(Event, slug=slug)
    form = AddForm(posted(request))
    if form.is_valid():
        try:
            made = registrations.register(
                by=request.user,
                event=event,
                source=Registration.Source.STAFF,
                **form.cleaned_data,
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.name}: {made.get_state_display()}")
            return redirect("events:registrations", slug)
    context = {"event": event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "events/add_registration.html", context, status=status)


@requires("events.manage")
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Registration, pk=pk)
    return _do(
        request, registrations.cancel, found, _("The registration is cancelled.")
    )


@requires("events.manage")
@require_POST
def give_place(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Registration, pk=pk)
    return _do(request, waiting_list.give_place, found, _("This person has a place."))


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_quotas(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = QuotasForm(posted(request), event=event)
    if form.is_valid():
        try:
            quotas.set_all(by=request.user, event=event, most=form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The places by sector are saved."))
            return redirect("events:registrations", slug)
    context = {"event": event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "events/quotas.html", context, status=status)


@requires("events.see_needs")
@require_safe
def see_needs(request: StaffRequest, slug: str) -> HttpResponse:
    """What participants need; that somebody looked is written down."""
    event = get_object_or_404(Event, slug=slug)
    check(request, "events.see_needs", event)
    found: list[Needs] = looks.look(by=request.user, event=event)
    return render(request, "events/needs.html", {"event": event, "needs": found})


def _do(
    request: StaffRequest, verb: Callable[..., Any], found: Registration, text: str
) -> HttpResponse:
    try:
        verb(by=request.user, registration=found)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text)
    return redirect("events:show_registration", found.pk)
