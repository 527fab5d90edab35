"""COUNTER's API (8): one customer, the world, and no key."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from engagement.core import limits
from engagement.core.access import public
from engagement.metrics.counter import as_json, asking, form, months
from engagement.metrics.counter.exceptions import Stopped
from engagement.metrics.counter.reports import REPORTS

# Of one address in an hour; a harvester asks for a few reports a month.
MOST = 500
logger = logging.getLogger(__name__)
View = Callable[..., Any]


def _answer(found: Any, status: int = 200) -> JsonResponse:
    """Without needless space, in UTF-8 (5.1)."""
    how = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse(found, safe=False, status=status, json_dumps_params=how)


def _exception(stopped: Stopped) -> JsonResponse:
    return _answer(stopped.remark.as_json(), stopped.status)


def _method(view: View) -> Any:
    """Whatever goes wrong is said in COUNTER's form, with its status."""

    @wraps(view)
    def guarded(request: HttpRequest, **words: str) -> JsonResponse:
        try:
            if not limits.within("counter", request.META.get("REMOTE_ADDR", ""), MOST):
                raise Stopped(1020, f"{MOST} requests an hour are allowed.")
            return _answer(view(request.GET.dict(), **words))
        except Stopped as stopped:
            return _exception(stopped)
        except DatabaseError:
            logger.exception("COUNTER's API could not ask the database.")
            return _exception(Stopped(1000, "The database cannot be asked now."))

    return public(require_safe(guarded))


@_method
def status(given: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "Description": f"COUNTER reports of {settings.COUNTER_PLATFORM}.",
            "Service_Active": True,
            "Registry_Record": settings.COUNTER_REGISTRY_RECORD,
        }
    ]


@_method
def members(given: dict[str, str]) -> list[dict[str, object]]:
    asking.check_customer(given)
    return [
        {
            "Institution_Name": "The World",
            "Customer_ID": asking.WORLD,
            "Notes": "The global report: everybody's usage, for everybody.",
        }
    ]


@_method
def list_reports(given: dict[str, str]) -> list[dict[str, object]]:
    asking.check_customer(given)
    known = months.available()
    return [
        {
            "Report_Name": report.name,
            "Report_ID": report.id,
            "Release": form.RELEASE,
            "Report_Description": report.description,
            "Path": f"/r51/reports/{report.id.lower()}",
            "First_Month_Available": f"{known.first:%Y-%m}",
            "Last_Month_Available": f"{known.last:%Y-%m}",
        }
        for report in REPORTS.values()
    ]


@_method
def report(given: dict[str, str], *, name: str) -> dict[str, Any]:
    """404 for a report that is not here, as for any wrong address (Appendix D)."""
    known = REPORTS.get(name.upper())
    if known is None or name != name.lower():
        raise Http404
    return as_json.report(asking.read(known, given))
