from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.people.forms.suppressions import AddForm, CheckForm
from engagement.people.models import Suppression
from engagement.people.services import suppressions


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def suppressed(request: StaffRequest) -> HttpResponse:
    """How many, never which: look one address up, or add one."""
    asked = request.POST if request.method == "POST" else None
    adding = asked is not None and "add" in asked
    check = CheckForm(None if adding else asked, prefix="check")
    add = AddForm(asked if adding else None, prefix="add")
    context: dict[str, Any] = {"check": check, "add": add}
    if adding and add.is_valid():
        data = add.cleaned_data
        suppressions.add(address=data["email"], reason=data["reason"], by=request.user)
        messages.success(request, _("This address is never written to from now on."))
        return redirect("people:suppressions")
    if asked is not None and not adding and check.is_valid():
        context["found"] = suppressions.find(check.cleaned_data["email"])
        context["looked_up"] = check.cleaned_data["email"]
    context["form"] = add if adding else check
    context["reasons"] = [
        (Suppression.Reason(reason).label, number)
        for reason, number in Suppression.objects.filter(lifted_at=None)
        .order_by("reason")
        .values_list("reason")
        .annotate(Count("pk"))
    ]
    status = 422 if check.errors or add.errors else 200
    return render(request, "people/suppressions.html", context, status=status)
