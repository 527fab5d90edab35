"""A ticket: what its holder sees of it, and what a manager at the door does."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.core import limits
from engagement.core import pdf as pdfs
from engagement.core.access import public
from engagement.core.tokens import BadToken
from engagement.events.models import Registration
from engagement.events.services import (
    papers,
    registration_links,
    tickets,
)
from engagement.events.views.door import press
from engagement.events.views.papers import file

# Codes that are none, in an hour from one client.
GUESSES = 60


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Names nobody but to those who manage events, who check its holder in by a POST."""
    try:
        found = tickets.find(token)
    except BadToken as error:
        return _refuse(request, error)
    may = request.user.has_perm("events.manage")
    if request.method == "POST":
        if not may:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        pressed = {name: str(found.pk) for name in ("in", "undo", "let_in")}
        asked = {name: pk for name, pk in pressed.items() if name in request.POST}
        press(request, found.event, asked | {"key": request.POST.get("key", "")})
        return redirect(request.path)
    context = {
        "registration": found,
        "event": found.event,
        "may": may,
        "code": tickets.code(found),
        "key": uuid.uuid4(),
    }
    return render(request, "events/ticket.html", context)


@public
@never_cache
@require_safe
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of the registration, whose page says whose it is; so does the file."""
    try:
        found = registration_links.find(token)
    except BadToken as error:
        return _refuse(request, error)
    refused = ""
    if found.state != Registration.State.PLACE:
        refused = _("There is no place, so there is no ticket.")
    else:
        try:
            return file(papers.ticket(found), f"{found.reference}.pdf")
        except pdfs.NoPdf as error:
            refused = str(error)
    messages.error(request, refused)
    return redirect("events:registration", token)


def _refuse(request: HttpRequest, error: BadToken) -> HttpResponse:
    if not limits.within("ticket", request.META["REMOTE_ADDR"], GUESSES):
        return limits.too_many(request)
    return render(request, "events/bad_link.html", {"error": str(error)}, status=404)
