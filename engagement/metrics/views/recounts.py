from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.metrics.forms import RecountForm
from engagement.metrics.services import recounts
from engagement.metrics.views.reading import recounting


@requires("metrics.recount")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    form = RecountForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the first day as a date."))
        return redirect("metrics:overview")
    try:
        recounts.ask(first=form.cleaned_data["first"])
        messages.success(
            request, _("The days are counted again. This page shows how far it is.")
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("metrics:overview")


@requires("metrics.view")
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that asks again every few seconds."""
    return render(request, "metrics/_recount.html", recounting())
