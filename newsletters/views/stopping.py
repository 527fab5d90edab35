"""What can be done about an issue on its way."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.models import Issue
from newsletters.services import pausing, stopping

manage_only = requires("newsletters.manage")


@manage_only
@require_POST
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, pausing.pause, _("Paused. Nothing more is sent."))


@manage_only
@require_POST
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, stopping.resume, _("The rest is on its way."))


@manage_only
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    done = _("Taken back: nobody has been sent it, and it is a draft again.")
    return _do(request, pk, stopping.take_back, done)


def _do(
    request: StaffRequest, pk: int, verb: Callable[..., Issue], done: str
) -> HttpResponse:
    issue = get_object_or_404(Issue, pk=pk)
    try:
        issue = verb(by=request.user, issue=issue)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    to = "send" if issue.state == Issue.State.DRAFT else "progress"
    return redirect(f"newsletters:{to}", pk)
