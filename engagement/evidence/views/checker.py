"""Whether the figures of a text are right: nothing of it is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.evidence.checker import checking
from engagement.evidence.checker.checking import Finding, Status
from engagement.evidence.forms.checker import CheckForm


@requires("evidence.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: StaffRequest) -> HttpResponse:
    form = CheckForm(posted(request), request.FILES or None)
    found: list[Finding] | None = None
    if form.is_valid():
        try:
            found = checking.check(form.given, form.cleaned_data["bases"])
        except Refused as refused:
            form.add_error("text", str(refused))
    context = {"form": form, "found": found}
    if found is not None:
        context |= {
            status.value: [one for one in found if one.status == status]
            for status in Status
        }
    status = 422 if form.errors else 200
    return render(request, "evidence/check.html", context, status=status)
