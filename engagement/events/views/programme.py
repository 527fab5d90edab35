"""Staff put the programme together: sessions and speakers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.programme import (
    RemoveSessionForm,
    SessionForm,
    SpeakerForm,
)
from engagement.events.models import Event, Session, Speaker
from engagement.events.services import events
from engagement.events.services import programme as service

manage_only = requires("events.manage")


@manage_only
@require_safe
def programme(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    context = {
        "event": event,
        "sessions": event.sessions.with_chosen(),
        "speakers": event.speakers.select_related("session", "organisation"),
        "changeable": event.status in events.CHANGEABLE,
    }
    return render(request, "events/programme.html", context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_session(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    return _session(request, Session(event=event))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    return _session(request, _of(Session, slug, pk))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove_session(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    """Says first how many people have chosen it."""
    found = Session.objects.with_chosen().select_related("event")
    session = get_object_or_404(found, pk=pk, event__slug=slug)
    form = RemoveSessionForm(posted(request))
    if form.is_valid():
        chosen = form.cleaned_data["chosen"]
        try:
            service.remove_session(by=request.user, session=session, chosen=chosen)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The session is removed."))
            return redirect("events:programme", slug)
    context = {"form": form, "session": session, "event": session.event}
    status = 422 if form.is_bound else 200
    return render(request, "events/remove_session.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_speaker(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    return _speaker(request, Speaker(event=event))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_speaker(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    return _speaker(request, _of(Speaker, slug, pk))


@manage_only
@require_POST
def move_speaker(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    speaker, up = _of(Speaker, slug, pk), request.POST.get("to") == "up"
    try:
        service.move_speaker(by=request.user, speaker=speaker, up=up)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("events:programme", slug)


@manage_only
@require_POST
def remove_speaker(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    try:
        service.remove_speaker(by=request.user, speaker=_of(Speaker, slug, pk))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The speaker is removed."))
    return redirect("events:programme", slug)


def _of(model: Any, slug: str, pk: int) -> Any:
    return get_object_or_404(
        model.objects.select_related("event"), pk=pk, event__slug=slug
    )


def _session(request: StaffRequest, session: Session) -> HttpResponse:
    form = SessionForm(posted(request), instance=session, event=session.event)
    return _saved(request, form, session, service.save_session, "session")


def _speaker(request: StaffRequest, speaker: Speaker) -> HttpResponse:
    form = SpeakerForm(posted(request), instance=speaker, event=speaker.event)
    return _saved(request, form, speaker, service.save_speaker, "speaker")


def _saved(
    request: StaffRequest, form: forms.Form | Any, row: Any, save: Any, kind: str
) -> HttpResponse:
    """The form, or the programme once it is saved."""
    missing: list[str] = []
    if form.is_valid():
        try:
            save(by=request.user, fields=form.cleaned_data, **{kind: row})
        except events.NotReady as error:
            missing = error.missing
            form.add_error(None, _("A published event must be complete."))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("events:programme", row.event.slug)
    context = {"form": form, "event": row.event, "row": row, "missing": missing}
    status = 422 if form.is_bound else 200
    return render(request, f"events/edit_{kind}.html", context, status=status)
