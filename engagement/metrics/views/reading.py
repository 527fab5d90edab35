"""What was read, for those who sign in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.metrics import items, most_read, reading, reading_files, reading_words
from engagement.metrics.counter import as_tsv, asking, months
from engagement.metrics.counter.exceptions import Stopped
from engagement.metrics.counter.reports import REPORTS
from engagement.metrics.forms import PeriodForm, RecountForm
from engagement.metrics.models import Recount
from engagement.metrics.services import readership

view_only = requires("metrics.view")


@view_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is read most, until when it is counted, and the button to count again."""
    form = PeriodForm(request.GET)
    first, last = form.period()
    context = {
        "form": form,
        "first": first,
        "last": last,
        "lists": most_read.lists(first, last, drafts=_sees_drafts(request)),
        "until": readership.until(),
        "reports": {"all": REPORTS.values(), **_year_of_reports()},
        **recounting(),
    }
    return render(
        request, "metrics/overview.html", context, status=422 if form.errors else 200
    )


def recounting() -> dict[str, Any]:
    """For the part of the page that says how far it is."""
    row = Recount.objects.first()
    return {
        "recount": row,
        "at_work": row is not None and row.state != Recount.State.DONE,
        "recount_form": RecountForm(),
    }


@view_only
@require_safe
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    found_item = _item(request, kind, pk)
    form = PeriodForm(request.GET)
    found = reading.of(kind, pk, *form.period())
    rows = _days(request, found) if request.user.has_perm("metrics.see_rows") else ""
    by_day = "days" in request.GET
    context = {
        "item": found_item,
        "kind": items.kinds()[kind].label,
        "address": (kind, pk),
        "form": form,
        "found": found,
        "figures": reading_words.figures(found, rows),
        "chart": reading_words.chart(found),
        "tables": [
            reading_words.in_time(found, by_day=by_day),
            *reading_words.tables(found),
        ],
    }
    return render(
        request, "metrics/item.html", context, status=422 if form.errors else 200
    )


def _days(request: HttpRequest, found: reading.Readership) -> str:
    """Where every day stands that the figures of a page were summed from."""
    return f"{request.path}?first={found.first}&last={found.last}&days=1#in-time"


@view_only
@require_safe
def item_csv(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    _item(request, kind, pk)
    found = reading.of(kind, pk, *PeriodForm(request.GET).period())
    name = f"readership-{kind}-{pk}-{found.first}-{found.last}.csv"
    return HttpResponse(
        reading_files.as_csv(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@view_only
@require_safe
def item_json(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    found_item = _item(request, kind, pk)
    found = reading.of(kind, pk, *PeriodForm(request.GET).period())
    return JsonResponse(reading_files.as_json(kind, pk, found_item, found))


@view_only
@require_safe
def counter_table(request: HttpRequest, name: str) -> HttpResponse:
    """A COUNTER report as a table, for those who load it into a spreadsheet."""
    if (report := REPORTS.get(name.upper())) is None:
        raise Http404
    try:
        given = {"customer_id": asking.WORLD, **_year_of_reports()}
        given |= request.GET.dict()
        asked = asking.read(report, given)
    except Stopped as stopped:
        return HttpResponse(
            stopped.remark.as_text(), "text/plain; charset=utf-8", stopped.status
        )
    file = f"{report.id}-{asked.first:%Y-%m}-{asked.last:%Y-%m}.tsv"
    return HttpResponse(
        as_tsv.report(asked),
        content_type="text/tab-separated-values; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _year_of_reports() -> dict[str, str]:
    """Up to the last twelve months that can be reported."""
    known = months.available()
    first = months.between(known.first, known.last)[-12:][0]
    return {"begin_date": f"{first:%Y-%m}", "end_date": f"{known.last:%Y-%m}"}


def _item(request: HttpRequest, kind: str, pk: int) -> items.Item:
    """404 also for a draft, to those who do not write them."""
    found = items.find(kind, [pk]).get(pk)
    if found is None or not (found.is_public or _sees_drafts(request)):
        raise Http404
    return found


def _sees_drafts(request: HttpRequest) -> bool:
    return request.user.has_perm("metrics.recount")
