"""From contact to decision, broken down, for whoever may see the dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.reports import pages, periods
from engagement.reports.forms_funnel import FunnelForm
from engagement.reports.gathering import Document
from engagement.reports.periods import Period
from engagement.reports.services import exports, funnel_boards
from engagement.reports.views import dashboard
from engagement.studies.models import Study


@requires("accounts.sign_in")
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Each step with its groups, and for which of them nobody knows."""
    study = dashboard.find(request, slug)
    form = FunnelForm(request.GET)
    context: dict[str, object] = {"study": study, "form": form}
    if not form.is_valid():
        return render(request, "reports/funnel.html", context, status=422)
    context |= {
        "page": pages.of(_counted(study, form)),
        "compared": form.cleaned_data["compare"],
        "formats": exports.NAMES,
        "query": request.GET.urlencode(),
        "sees_rows": dashboard.sees_rows(request),
    }
    return render(request, "reports/funnel.html", context)


@requires("accounts.sign_in")
@require_safe
def export(request: StaffRequest, slug: str, form: str) -> HttpResponse:
    """The same tables as a file. Wrong dates lead back to the page that says so."""
    study = dashboard.find(request, slug)
    chosen = FunnelForm(request.GET)
    if not chosen.is_valid():
        page = reverse("reports:funnel", args=[slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    document = _counted(study, chosen)
    content = exports.of_board(
        by=request.user, study=study, document=document, form=form
    )
    name = f"{slug}-{chosen.cleaned_data['by']}-{document['first']}-{document['last']}"
    return dashboard.download(content, name, form)


def _counted(study: Study, form: FunnelForm) -> Document:
    data = form.cleaned_data
    return funnel_boards.counted(
        study, _period(study, form), data["by"], compared=data["compare"]
    )


def _period(study: Study, form: FunnelForm) -> Period:
    if form.chosen == periods.DAYS:
        dates = form.cleaned_data
        return periods.days(dates["since"], dates["until"])
    return periods.usual(study, form.chosen, timezone.now())
