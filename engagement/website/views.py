from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.models import Role
from engagement.accounts.requests import StaffRequest
from engagement.accounts.services import alarms, senders
from engagement.core.access import public, requires
from engagement.events.models import Event
from engagement.groups.models import Group
from engagement.mail.models import AccountState, Alarm
from engagement.outputs.models import Output
from engagement.studies.models import Study
from engagement.website import queries


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "website/home.html",
        {
            "studies": Study.objects.all(),
            "events": Event.objects.upcoming().with_counts()[:3],
            "outputs": Output.objects.published()[:3],
        },
    )


@requires("accounts.sign_in")
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What this person is here to do, by role; a member's is the home of their groups."""
    if request.user.role == Role.STEERING_MEMBER:
        return redirect("groups:home")
    return render(
        request,
        "website/dashboard.html",
        {
            "studies": Study.objects.all(),
            "events": queries.events_at_work(),
            "commitments": queries.promises_at_work(),
            "actions": queries.overdue_actions(),
            "today": timezone.localdate(),
            "groups": Group.objects.for_user(request.user),
            "successions": queries.open_successions(),
            "enquiries": queries.open_enquiries(),
        },
    )


@requires("mail.view_inbound")
@require_POST
def close_alarm(request: StaffRequest, pk: int) -> HttpResponse:
    """Here, because mail stands beside the audit trail and cannot write in it."""
    alarms.close(by=request.user, alarm=get_object_or_404(Alarm, pk=pk))
    messages.success(request, _("The alarm is settled."))
    return redirect("mail:inbound")


@requires("mail.manage_accounts")
@require_POST
def try_account(request: StaffRequest, name: str) -> HttpResponse:
    """Here, as `close_alarm`."""
    state = get_object_or_404(AccountState, name=name)
    senders.try_again(by=request.user, state=state)
    messages.success(request, _("The account is tried again with the next mail."))
    return redirect("mail:accounts")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "website/privacy.html")
