"""Registering without an account: one thing a page, and then all of it to check."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from engagement.accounts.requests import posted
from engagement.core import bilingual, limits
from engagement.core.access import public
from engagement.core.errors import Refused
from engagement.events import steps
from engagement.events.models import Event
from engagement.events.services import places, receipts, registrations
from engagement.events.steps import Draft

# Each asking writes to the address, so nobody may have a stranger flooded.
PER_ADDRESS = 5
DONE = "registered"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, step: str = "you") -> HttpResponse:
    """A page of questions. What was answered is kept in the session."""
    event = get_object_or_404(Event.objects.listed(), slug=slug)
    if not event.is_open_to_all:
        return _closed(request, event)
    draft = Draft(request, event)
    if step not in draft.steps:
        return redirect(draft.address(draft.unanswered()))
    form = draft.form(step, posted(request))
    if request.method == "POST" and form.is_valid():
        had_any = bool(draft.answers)
        draft.keep(step, form)
        if step != "you" and not had_any:
            _say_expired(request)
        return redirect(draft.address(draft.unanswered()))
    if request.method != "POST" and (earlier := draft.unanswered(before=step)):
        return redirect(draft.address(earlier))
    context = {
        "event": event,
        "form": form,
        "step": step,
        "number": draft.steps.index(step) + 1,
        "of": len(draft.steps) + 1,
        "back": draft.back(step),
        "is_full": step == "you" and places.full(event).event,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "events/register.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """All that was answered, to change or to send."""
    event = get_object_or_404(Event.objects.listed(), slug=slug)
    draft = Draft(request, event)
    if not draft.answers and slug in request.session.get(DONE, {}):
        # Sent twice, or come back to after it was sent.
        return redirect("events:registered", slug)
    if not event.is_open_to_all:
        return _closed(request, event)
    if step := draft.unanswered():
        if request.method == "POST" and not draft.answers:
            _say_expired(request)
        return redirect(draft.address(step))
    if request.method == "POST":
        return _send(request, draft)
    return _checked(request, draft)


@public
@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a first registration and a repeated one; the mail says which."""
    event = get_object_or_404(Event.objects.listed(), slug=slug)
    receipt = request.session.get(DONE, {}).get(slug)
    if receipt is None:
        return redirect(event)
    context = {"event": event, "receipt": receipt}
    return render(request, "events/registered.html", context)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    forms = [form for form in draft.forms().values() if form.is_valid()]
    columns, details = steps.collect(forms)
    email, slug = columns["email"], draft.event.slug
    if not limits.within("register", email.lower(), PER_ADDRESS):
        return limits.too_many(request)
    try:
        receipt = receipts.register(
            by=None,
            event=draft.event,
            language=bilingual.active(),
            reference=draft.reference,
            details=details,
            **columns,
        )
    except registrations.EventClosed:
        return _closed(request, draft.event)
    except Refused as error:
        # A session filled up this very moment.
        messages.error(request, str(error))
        return redirect(draft.address(draft.unanswered()))
    draft.drop()
    kept = receipt._asdict() | {"email": email}
    request.session[DONE] = request.session.get(DONE, {}) | {slug: kept}
    return redirect("events:registered", slug)


def _checked(request: HttpRequest, draft: Draft) -> HttpResponse:
    found = [
        (form.title, draft.address(step), form.rows())
        for step, form in draft.forms().items()
        if form.is_valid()
    ]
    sector = draft.form("organisation")["sector"].value()
    context = {
        "event": draft.event,
        "parts": found,
        "back": draft.back(""),
        "waits": not places.is_free(draft.event, str(sector)),
    }
    return render(request, "events/check_answers.html", context)


def _say_expired(request: HttpRequest) -> None:
    messages.info(
        request,
        _("What you had written was kept for two hours. Please write it once more."),
    )


def _closed(request: HttpRequest, event: Event) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(
        request, "events/register_closed.html", {"event": event}, status=status
    )
