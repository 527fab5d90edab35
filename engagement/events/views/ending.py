"""How an event ends: held, not held, or called off."""

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.ending import HeldForm, ReasonForm
from engagement.events.models import Event
from engagement.events.services import events


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    known = model_to_dict(event, fields=list(HeldForm.base_fields))
    form = HeldForm(posted(request), initial=known)
    if form.is_valid():
        try:
            events.hold(by=request.user, event=event, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The event is marked as held."))
            return redirect(event)
    return _shown(request, "events/hold.html", event, form)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def not_held(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            events.not_held(by=request.user, event=event, **form.cleaned_data)
        except events.NotReady as error:
            for label in error.missing:
                text = _("This is missing: %(field)s.") % {"field": label}
                form.add_error(None, text)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The event is marked as not held."))
            return redirect(event)
    return _shown(request, "events/not_held.html", event, form)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.with_counts(), slug=slug)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            events.cancel(by=request.user, event=event, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The event is cancelled. Everybody who has to know is told.")
            )
            return redirect(event)
    return _shown(request, "events/cancel.html", event, form)


def _shown(
    request: StaffRequest, template: str, event: Event, form: forms.Form
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"event": event, "form": form}, status=status)
