"""A meeting: its agenda and minutes, whether enough came, and sending its papers."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import check, requires
from engagement.core.errors import Refused
from engagement.events.forms.ending import ReasonForm
from engagement.events.services import events
from engagement.groups import agendas
from engagement.groups.forms_meetings import ChangeMeetingForm
from engagement.groups.models import Meeting
from engagement.groups.services import circulation, meetings, minutes


def get(pk: int) -> Meeting:
    rows = Meeting.objects.select_related("group__study", "event", "approved_in__event")
    return get_object_or_404(rows, pk=pk)


@requires("accounts.sign_in")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who sit in the group, and for staff. Drafts of minutes are for staff."""
    meeting = get(pk)
    check(request, "groups.read_meeting", meeting)
    staff = request.user.has_perm("groups.manage")
    context = {
        "meeting": meeting,
        "slots": agendas.slots(meeting),
        "papers": meeting.papers.filter(item=None),
        "others": _others(meeting),
        "today": timezone.localdate(),
        "presence": agendas.presence(meeting),
        "shows_minutes": staff or meeting.minutes in ("circulated", "approved"),
        "can_approve": staff and minutes.later(meeting).exists(),
        "is_due": meeting in circulation.due() if staff else False,
    }
    return render(request, "groups/meeting_detail.html", context)


def _others(meeting: Meeting) -> dict[str, object]:
    """What belongs to no item."""
    decisions = meeting.decisions.filter(item=None).select_related("group")
    actions = meeting.actions.filter(item=None).select_related("owner__person")
    return {
        "decisions": decisions,
        "actions": actions,
        "notes": meeting.notes.filter(item=None),
    }


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get(pk)
    known = model_to_dict(meeting.event, fields=list(ChangeMeetingForm.base_fields))
    form = ChangeMeetingForm(posted(request), initial=known)
    if form.is_valid():
        try:
            meetings.change(by=request.user, meeting=meeting, fields=form.cleaned_data)
        except events.NotReady as error:
            for label in error.missing:
                text = _("This is missing: %(field)s.") % {"field": label}
                form.add_error(None, text)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The meeting is changed. Those who were asked are told.")
            )
            return redirect("groups:meeting", pk)
    return _shown(request, "groups/edit_meeting.html", meeting, form)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = get(pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            meetings.cancel(by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("The meeting is cancelled. Everybody who has to know is told."),
            )
            return redirect("groups:meeting", pk)
    return _shown(request, "groups/cancel_meeting.html", meeting, form)


@requires("groups.manage")
@require_POST
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """The papers, now; where they have gone, to those who joined the group since."""
    meeting = get(pk)
    verb = (
        circulation.circulate_to_new if meeting.circulated_at else circulation.circulate
    )
    try:
        number = verb(by=request.user, meeting=meeting)
    except events.NotReady as error:
        absent = ", ".join(error.missing)
        messages.error(request, _("This is missing: %(field)s.") % {"field": absent})
    except Refused as error:
        messages.error(request, str(error))
    else:
        text = _("Sent. People who were written to: %(n)s.")
        messages.success(request, text % {"n": number})
    return redirect("groups:meeting", pk)


def _shown(
    request: StaffRequest,
    template: str,
    meeting: Meeting,
    form: ChangeMeetingForm | ReasonForm,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "meeting": meeting}, status=status)
