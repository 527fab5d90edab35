from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import public, requires
from engagement.events.models import Event
from engagement.groups.models import Group
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
            "events": Event.objects.upcoming()[:3],
            "outputs": Output.objects.published()[:3],
        },
    )


@requires("accounts.sign_in")
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What this person is here to do, by role."""
    return render(
        request,
        "website/dashboard.html",
        {
            "studies": Study.objects.all(),
            "events": queries.events_at_work(),
            "groups": Group.objects.for_user(request.user),
            "successions": queries.open_successions(),
            "enquiries": queries.open_enquiries(),
            "meetings": queries.next_meetings(request.user),
        },
    )


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "website/privacy.html")
