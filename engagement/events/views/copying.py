"""An event once more, or as the calendar repeats."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import clocks
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.repeating import DuplicateForm, RepeatForm
from engagement.events.models import Event
from engagement.events.services import copies


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    form = DuplicateForm(posted(request), event=event)
    if form.is_valid():
        starts = form.cleaned_data["starts_at"]
        try:
            copy = copies.duplicate(by=request.user, event=event, starts=starts)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The copy is saved as a draft."))
            return redirect("events:edit", copy.slug)
    status = 422 if form.is_bound else 200
    context = {"event": event, "form": form}
    return render(request, "events/duplicate.html", context, status=status)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def repeat(request: StaffRequest, slug: str) -> HttpResponse:
    """GET shows the dates that were asked for; POST makes the events."""
    event = get_object_or_404(Event.objects.select_related("series"), slug=slug)
    asked = request.POST if request.method == "POST" else request.GET
    form = RepeatForm(asked or posted(request))
    rows: list[copies.Repeat] = []
    if event.starts_at and form.is_valid():
        starts = form.starts(clocks.face(event.starts_at, event.zone))
        try:
            rows = copies.preview(event, starts)
            if request.method == "POST":
                made = copies.repeat(by=request.user, event=event, starts=starts)
                text = _("Drafts made: %(number)s") % {"number": len(made)}
                messages.success(request, text)
                return redirect(event)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"event": event, "form": form, "rows": rows}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "events/repeat.html", context, status=status)
