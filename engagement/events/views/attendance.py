from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.core.spreadsheets import TYPES
from engagement.events import exports
from engagement.events.forms.attendance import AttendanceForm
from engagement.events.models import Event
from engagement.events.services import attendances


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: StaffRequest, slug: str) -> HttpResponse:
    """One list of boxes; a button ticks everybody without a script. Whose box was left as
    it was shown is left as the doors have it by now."""
    event = get_object_or_404(Event.objects.with_counts(), slug=slug)
    people = list(event.registrations.live().select_related("attendance"))
    ids = [person.pk for person in people]
    form = AttendanceForm(posted(request), ids=ids)
    if form.is_valid():
        came = ids if "everybody" in request.POST else form.cleaned_data["came"]
        try:
            number = attendances.mark(
                by=request.user,
                event=event,
                came=came,
                shown=form.cleaned_data["shown"],
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            text = _("Saved. People who came: %(number)s") % {"number": number}
            messages.success(request, text)
            return redirect("events:attendance", slug)
    ticked = {person.pk for person in people if hasattr(person, "attendance")}
    shown = ",".join(map(str, sorted(ticked)))
    if form.is_bound:
        shown = request.POST.get("shown", shown)
        ticked = {int(pk) for pk in request.POST.getlist("came") if pk.isdecimal()}
    context = {"event": event, "people": people, "form": form, "ticked": ticked}
    context["shown"] = shown
    status = 422 if form.is_bound else 200
    return render(request, "events/attendance.html", context, status=status)


@requires("events.manage")
@require_safe
def export(request: StaffRequest, slug: str) -> HttpResponse:
    """Everybody who ever registered, as CSV or, with `?form=xlsx`, for Excel."""
    event = get_object_or_404(Event, slug=slug)
    form = request.GET.get("form", "csv")
    if form not in TYPES:
        raise Http404
    content = exports.registrations(
        by=request.user,
        event=event,
        form=form,
        with_needs=request.user.has_perm("events.see_needs", event),
    )
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
