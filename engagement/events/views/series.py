from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.events.forms.programme import SeriesForm
from engagement.events.models import Series
from engagement.events.services import series as service


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_series(request: StaffRequest) -> HttpResponse:
    """Each with how many events it has, and a form for a new one."""
    form = SeriesForm(posted(request))
    if form.is_valid():
        service.save(by=request.user, series=Series(), **form.cleaned_data)
        messages.success(request, _("The series is saved."))
        return redirect("events:series")
    found = Series.objects.annotate(number=Count("events"))
    status = 422 if form.is_bound else 200
    context = {"form": form, "series": found}
    return render(request, "events/series.html", context, status=status)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_series(request: StaffRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(Series, pk=pk)
    form = SeriesForm(posted(request), instance=series)
    if form.is_valid():
        service.save(by=request.user, series=series, **form.cleaned_data)
        messages.success(request, _("The series is saved."))
        return redirect("events:series")
    status = 422 if form.is_bound else 200
    context = {"form": form, "series": series, "events": series.events.in_sections()}
    return render(request, "events/edit_series.html", context, status=status)
