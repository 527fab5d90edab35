"""The dashboard of a study, for managers and for whoever sits in one of its groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import check, requires
from engagement.groups.models import Group
from engagement.reports import pages, periods
from engagement.reports.forms import PeriodForm
from engagement.reports.gathering import Document
from engagement.reports.services import boards, exports
from engagement.studies.models import Study


@requires("accounts.sign_in")
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The studies whose figures this person may see."""
    studies = Study.objects.all()
    if not request.user.has_perm("reports.manage"):
        groups = Group.objects.for_user(request.user)
        studies = studies.filter(pk__in=groups.order_by().values("study"))
    return render(request, "reports/index.html", {"studies": studies})


@requires("accounts.sign_in")
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What was reached in a time, whom we do not reach, what is owed."""
    study = find(request, slug)
    form = PeriodForm(request.GET)
    if not form.is_valid():
        context = {"study": study, "form": form}
        return render(request, "reports/dashboard.html", context, status=422)
    page = pages.of(_counted(study, form))
    context = {
        "study": study,
        "form": form,
        "page": page,
        "formats": exports.NAMES,
        "query": request.GET.urlencode(),
        "sees_rows": sees_rows(request),
    }
    return render(request, "reports/dashboard.html", context)


@requires("accounts.sign_in")
@require_safe
def export(request: StaffRequest, slug: str, form: str) -> HttpResponse:
    """The same figures as a file. Wrong dates lead back to the page that says so."""
    study = find(request, slug)
    chosen = PeriodForm(request.GET)
    if not chosen.is_valid():
        page = reverse("reports:dashboard", args=[slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    document = _counted(study, chosen)
    content = exports.of_board(
        by=request.user, study=study, document=document, form=form
    )
    return download(content, f"{slug}-{document['first']}-{document['last']}", form)


def find(request: HttpRequest, slug: str) -> Study:
    """404 where there is none, 403 for whoever does not sit in one of its groups."""
    study = get_object_or_404(Study, slug=slug)
    check(request, "reports.view", study)
    return study


def sees_rows(request: HttpRequest) -> bool:
    """Rows of people are among them."""
    return request.user.has_perms(["metrics.see_rows", "people.view"])


def download(content: bytes, name: str, form: str) -> HttpResponse:
    ending = "zip" if form == "csv" else form
    return HttpResponse(
        content,
        content_type=exports.TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


def _counted(study: Study, form: PeriodForm) -> Document:
    if form.chosen == periods.DAYS:
        dates = form.cleaned_data
        return boards.days(study, periods.days(dates["since"], dates["until"]))
    return boards.usual(study, form.chosen)
