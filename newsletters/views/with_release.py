"""Staff put an issue with a release of outputs, or take it from there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.with_release import WithReleaseForm
from newsletters.models import Issue
from newsletters.services import with_release as service


@requires("newsletters.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def with_release(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    if issue.state not in service.WAITING:
        return redirect("newsletters:progress", pk)
    form = WithReleaseForm(posted(request), initial={"release": issue.release_id})
    if form.is_valid():
        release = form.cleaned_data["release"]
        try:
            service.attach(by=request.user, issue=issue, release=release)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:send", pk)
    context = {"issue": issue, "form": form}
    status = 422 if form.errors else 200
    return render(request, "newsletters/with_release.html", context, status=status)
