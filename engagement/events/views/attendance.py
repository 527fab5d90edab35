from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events import exports
from engagement.events.forms import AttendanceForm
from engagement.events.models import Event
from engagement.events.services import attendances


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: StaffRequest, slug: str) -> HttpResponse:
    """One list of boxes, saved as a whole; a button ticks everybody without a script."""
    event = get_object_or_404(Event.objects.with_counts(), slug=slug)
    people = list(event.registrations.live().select_related("attendance"))
    ids = [person.pk for person in people]
    form = AttendanceForm(posted(request), ids=ids)
    if form.is_valid():
        came = ids if "everybody" in request.POST else form.cleaned_data["came"]
        try:
            number = attendances.mark(by=request.user, event=event, came=came)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            text = _("Saved. People who came: %(number)s") % {"number": number}
            messages.success(request, text)
            return redirect("events:attendance", slug)
    ticked = {person.pk for person in people if hasattr(person, "attendance")}
    if form.is_bound:
        ticked = {int(pk) for pk in request.POST.getlist("came") if pk.isdecimal()}
    context = {"event": event, "people": people, "form": form, "ticked": ticked}
    status = 422 if form.is_bound else 200
    return render(request, "events/attendance.html", context, status=status)


@requires("events.manage")
@require_safe
def export(request: StaffRequest, slug: str) -> HttpResponse:
    """Everybody who ever registered, as CSV with a mark of UTF-8 for spreadsheets."""
    event = get_object_or_404(Event, slug=slug)
    return HttpResponse(
        exports.registrations(event),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{event.slug}.csv"'},
    )
