"""What a figure of a study counted, for staff."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.access import check, requires
from engagement.core.spreadsheets import TYPES
from engagement.metrics import presentation, registry
from engagement.metrics.registry import During, Metric
from engagement.metrics.rows import Rows, told
from engagement.studies.forms_rows import TimeForm
from engagement.studies.models import Study
from engagement.studies.services import rows as services

PER_PAGE = 50


@requires("metrics.see_rows")
@never_cache
@require_safe
def show(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The figure with its definition, its time, and the rows that it counted."""
    study, metric, rows = _find(request, slug, key, "people.view")
    form = TimeForm(request.GET)
    context: dict[str, Any] = {"study": study, "metric": metric, "form": form}
    if not form.is_valid():
        return render(request, "studies/rows.html", context, status=422)
    during = _during(metric, form)
    page = Paginator(metric.found(study.pk, during), PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = rows.lines(list(page.object_list))
    context |= {
        "during": during,
        "figure": _figure(study, metric, rows, during),
        "rows": rows,
        "page": page,
        "lines": [(one, [told(cell) for cell in one.cells]) for one in lines],
        "query": _query(request),
    }
    return render(request, "studies/rows.html", context)


@requires("metrics.see_rows")
@require_safe
def export(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The same rows, all of them, as a file."""
    study, metric, _rows = _find(request, slug, key, "people.manage")
    form = TimeForm(request.GET)
    if not form.is_valid():
        context = {"study": study, "metric": metric, "form": form}
        return render(request, "studies/rows.html", context, status=422)
    content = services.export(
        by=request.user, study=study, metric=metric, during=_during(metric, form)
    )
    answer = HttpResponse(content, content_type=TYPES["csv"])
    name = f"{study.slug}-{metric.key}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _find(
    request: HttpRequest, slug: str, key: str, of_people: str
) -> tuple[Study, Metric, Rows]:
    """404 where there is no such study or list; raises PermissionDenied where its rows
    are people, for whoever has no permission `of_people`."""
    metric = registry.get(key)
    if metric is None or metric.rows is None:
        raise Http404
    if metric.rows.personal:
        check(request, of_people)
    return get_object_or_404(Study, slug=slug), metric, metric.rows


def _during(metric: Metric, form: TimeForm) -> During | None:
    """What is known as of now alone is so whatever the time that was asked for."""
    return form.cleaned_data["during"] if metric.over_time else None


def _figure(
    study: Study, metric: Metric, rows: Rows, during: During | None
) -> presentation.Figure | None:
    """None where tables alone tell it. What stands row by row below is not hidden."""
    if metric.measure is None:
        return None
    reading = replace(metric.read(study.pk, during), rows=())
    shown = replace(metric, counts_people=False) if rows.counted else metric
    return presentation.figure(shown, reading)


def _query(request: HttpRequest) -> str:
    names = [name for name in ("from", "to") if name in request.GET]
    return urlencode([(name, request.GET[name]) for name in names])
