"""Staff choose what is read before an event and after it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.models import Event
from engagement.outputs.forms import MaterialForm
from engagement.outputs.models import Material
from engagement.outputs.services import materials as service

manage_only = requires("outputs.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: StaffRequest, slug: str) -> HttpResponse:
    """What is chosen, published or not, and a form to choose one more."""
    event = get_object_or_404(Event, slug=slug)
    form = MaterialForm(posted(request))
    if form.is_valid():
        try:
            service.add(by=request.user, event=event, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The material is added."))
            return redirect("outputs:materials", slug)
    chosen = Material.objects.for_event(event)
    context = {"event": event, "form": form, "materials": chosen}
    status = 422 if form.is_bound else 200
    return render(request, "outputs/materials.html", context, status=status)


@manage_only
@require_POST
def move(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    service.move(by=request.user, material=_of(slug, pk), up=up)
    return redirect("outputs:materials", slug)


@manage_only
@require_POST
def remove(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    service.remove(by=request.user, material=_of(slug, pk))
    messages.success(request, _("The material is removed."))
    return redirect("outputs:materials", slug)


def _of(slug: str, pk: int) -> Material:
    found = Material.objects.select_related("event")
    return get_object_or_404(found, pk=pk, event__slug=slug)
