"""What somebody does with their registration, from the link in the mail. It shows that
registration and nothing else."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import posted
from engagement.core import bilingual, limits
from engagement.core.access import public
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.events import steps
from engagement.events.forms.deputy import DeputyForm
from engagement.events.models import Registration
from engagement.events.services import (
    calendar_links,
    certificates,
    places,
    registration_links,
    registrations,
    waiting_list,
)

# Nobody guesses a signature; whoever tries is stopped all the same.
GUESSES = 20
# Each asking writes to the address.
PER_ADDRESS = 5
State = Registration.State


@public
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the registration, POST cancels it."""
    found = _find(request, token)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        text = _("You have cancelled your registration.")
        return _do(request, token, registrations.cancel, found, text)
    can = registrations.can_cancel(found)
    context = {
        "registration": found,
        "token": token,
        "can_cancel": can,
        "can_accept": waiting_list.can_accept(found),
        "has_certificate": certificates.available(found),
        "has_place": found.state == State.PLACE,
        "in_line": places.in_line(found) if found.state == State.WAITING else 0,
        "parts": _parts(found, token) if can else [],
        "sessions": found.event.sessions.filter(places__registration=found),
    }
    return render(request, "events/registration.html", context)


@public
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes to the place that is offered."""
    found = _find(request, token)
    if isinstance(found, HttpResponse):
        return found
    text = _("You have a place.")
    return _do(request, token, waiting_list.accept, found, text)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """A page of what was asked at registration, with what was answered."""
    found = _find(request, token)
    if isinstance(found, HttpResponse):
        return found
    if step not in steps.of(found.event) or not registrations.can_cancel(found):
        messages.error(request, _("This registration can no longer be changed."))
        return redirect("events:registration", token)
    form = steps.FORMS[step](posted(request), event=found.event, by=found)
    if form.is_valid():
        columns, details = steps.collect([form])
        try:
            registrations.change(
                by=None, registration=found, fields=columns, details=details
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your registration is changed."))
            return redirect("events:registration", token)
    return _form(request, "events/change_registration.html", found, form, token, step)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def send_deputy(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody else comes instead."""
    found = _find(request, token)
    if isinstance(found, HttpResponse):
        return found
    form = DeputyForm(posted(request))
    if form.is_valid():
        try:
            registrations.pass_on(
                by=None,
                registration=found,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                language=bilingual.active(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We have written to your deputy."))
            return redirect("events:registration", token)
    return _form(request, "events/send_deputy.html", found, form, token)


@public
@require_POST
def calendar_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mails the link to a calendar of all that the person comes to."""
    found = _find(request, token)
    if isinstance(found, HttpResponse):
        return found
    if not limits.within("calendar-link", found.email, PER_ADDRESS):
        return limits.too_many(request)
    try:
        calendar_links.send(by=None, registration=found, renew="renew" in request.POST)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("We have written to you with the link."))
    return redirect("events:registration", token)


def _find(request: HttpRequest, token: str) -> Registration | HttpResponse:
    try:
        return registration_links.find(token)
    except BadToken as error:
        client = request.META["REMOTE_ADDR"]
        if not limits.within("registration-link", client, GUESSES):
            return limits.too_many(request)
        context = {"error": str(error)}
        return render(request, "events/bad_link.html", context, status=404)


def _do(
    request: HttpRequest,
    token: str,
    verb: Callable[..., Any],
    found: Registration,
    text: str,
) -> HttpResponse:
    try:
        verb(by=None, registration=found)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, text)
    return redirect("events:registration", token)


def _parts(found: Registration, token: str) -> list[tuple[Any, str]]:
    return [(steps.FORMS[step].title, step) for step in steps.of(found.event)]


def _form(
    request: HttpRequest,
    template: str,
    found: Registration,
    form: Any,
    token: str,
    step: str = "",
) -> HttpResponse:
    context = {"registration": found, "form": form, "token": token, "step": step}
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)
