from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people import keeping
from engagement.people.forms.retention import HoldForm
from engagement.people.models import Due
from engagement.people.services import retention

LATELY = timedelta(days=90)


@requires("people.manage")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """For how long things are kept, what goes next, and how much went lately."""
    listed = Due.objects.open().select_related("person", "held_by")
    page = Paginator(listed, 25).get_page(request.GET.get("page"))
    done = dict(
        Due.objects.done_since(timezone.now() - LATELY)
        .order_by()
        .values_list("rule")
        .annotate(Count("pk"))
    )
    context = {
        "rules": [(rule, done.get(rule.key, 0)) for rule in keeping.rules()],
        "page": page,
        "rows": _rows(page.object_list),
    }
    return render(request, "people/retention.html", context)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: StaffRequest, pk: int) -> HttpResponse:
    open_ones = Due.objects.open().select_related("person")
    due = get_object_or_404(open_ones, pk=pk)
    form = HoldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("It is kept until you release it.")
        return _and_back(
            request,
            done,
            lambda: retention.hold(by=request.user, due=due, reason=reason),
        )
    (row,) = _rows([due])
    status = 422 if form.errors else 200
    return render(
        request, "people/retention_hold.html", {"form": form, "row": row}, status=status
    )


@requires("people.manage")
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    due = get_object_or_404(Due, pk=pk)
    done = _("Released. Its week of notice begins anew.")
    return _and_back(request, done, lambda: retention.release(by=request.user, due=due))


def _and_back(request: HttpRequest, done: str, step: Any) -> HttpResponse:
    try:
        step()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("people:retention")


def _rows(dues: Iterable[Due]) -> list[dict[str, Any]]:
    """With their rules, and what they are in words: one question for each rule."""
    found = []
    dues, rules = list(dues), {rule.key: rule for rule in keeping.rules()}
    targets = {}
    for key in {due.rule for due in dues} & rules.keys():
        numbers = [due.target_id for due in dues if due.rule == key]
        targets[key] = rules[key].rows().in_bulk(numbers)
    for due in dues:
        rule, target = rules.get(due.rule), targets.get(due.rule, {}).get(due.target_id)
        words = rule.words(target) if rule and target else ""
        found.append({"due": due, "rule": rule, "words": words})
    return found
