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
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.editing import EventForm
from engagement.events.models import Event
from engagement.events.services import events

PER_PAGE = 20


@requires("events.manage")
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    found = Event.objects.in_sections().with_counts()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/manage.html", {"page": page})


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    form = EventForm(posted(request), initial={"organiser": request.user.pk})
    if form.is_valid():
        event = events.create(by=request.user, fields=form.cleaned_data)
        messages.success(request, _("The event is saved as a draft."))
        return redirect(event)
    status = 422 if form.is_bound else 200
    return render(request, "events/edit.html", {"form": form}, status=status)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = EventForm(posted(request), instance=event)
    missing: list[str] = []
    if form.is_valid():
        try:
            events.update(by=request.user, event=event, fields=form.cleaned_data)
        except events.NotReady as error:
            missing = error.missing
            form.add_error(None, _("A published event must be complete."))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The event is saved."))
            return redirect(event)
    context = {"form": form, "event": event, "missing": missing}
    status = 422 if form.is_bound else 200
    return render(request, "events/edit.html", context, status=status)


@requires("events.manage")
@require_POST
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    """Opens registration, or shows the form with a list of what is still missing."""
    event = get_object_or_404(Event, slug=slug)
    try:
        events.publish(by=request.user, event=event)
    except events.NotReady as error:
        context = {"event": event, "missing": error.missing}
        context["form"] = EventForm(instance=event)
        return render(request, "events/edit.html", context, status=422)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The event is published."))
    return redirect(event)
