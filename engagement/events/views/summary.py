"""What the public is told of an event that was held, and its writing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.events import afterwards
from engagement.events.forms.summary import SummaryForm
from engagement.events.models import Event
from engagement.events.services import summaries


@public
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody once it is published; before that, for those who write it."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    if not event.summary_published_at and not request.user.has_perm("events.manage"):
        raise Http404
    return render(request, "events/summary.html", _told(event))


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    """Saved as a draft, in one language or both."""
    event = get_object_or_404(Event, slug=slug)
    known = {"said_en": event.said_en, "said_cy": event.said_cy}
    form = SummaryForm(posted(request), initial=known)
    if form.is_valid():
        try:
            summaries.write(by=request.user, event=event, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The summary is saved."))
            return redirect("events:summary", slug)
    context = {"event": event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "events/edit_summary.html", context, status=status)


@requires("events.manage")
@require_POST
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    try:
        summaries.publish(by=request.user, event=event)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The summary is public."))
    return redirect("events:summary", slug)


@requires("events.manage")
@require_POST
def withdraw(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    summaries.withdraw(by=request.user, event=event)
    messages.success(request, _("The summary is no longer public."))
    return redirect("events:summary", slug)


def _told(event: Event) -> dict[str, Any]:
    after = afterwards.of(event, public=True)
    # No sector either: among a few from one, it would name somebody.
    promised = list(event.commitments.told().in_order())
    return {
        "event": event,
        "came": after.came,
        "today": timezone.localdate(),
        "found": after.found,
        "ours": [one for one in promised if one.side == one.Side.TEAM],
        "theirs": [one for one in promised if one.side == one.Side.PARTICIPANT],
    }
