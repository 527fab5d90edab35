"""A dated note on what has been sent."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.corrections import CorrectionForm
from newsletters.models import Article, Correction, Issue
from newsletters.services import corrections

manage_only = requires("newsletters.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@form_page
def correct_issue(request: StaffRequest, pk: int) -> HttpResponse:
    issues = Issue.objects.public().select_related("newsletter")
    issue = get_object_or_404(issues, pk=pk)
    return _correct(request, issue, partial(corrections.add, issue=issue))


@manage_only
@form_page
def correct_article(request: StaffRequest, pk: int) -> HttpResponse:
    out = Issue.objects.public().values("places__article")
    article = get_object_or_404(Article, pk=pk, pk__in=out)
    return _correct(request, article, partial(corrections.add, article=article))


def _correct(
    request: StaffRequest, thing: Issue | Article, add: Callable[..., Correction]
) -> HttpResponse:
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            add(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The correction is on the page."))
            return redirect(thing)
    context = {"thing": thing, "form": form}
    status = 422 if form.errors else 200
    return render(request, "newsletters/correct.html", context, status=status)
