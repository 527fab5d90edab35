"""Staff withdraw an output or an edition, each on a page of its own, and put it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.outputs.edition_forms import WithdrawForm
from engagement.outputs.models import Edition, Output
from engagement.outputs.services import editions, outputs
from engagement.outputs.views.editions import of

manage_only = requires("outputs.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def output(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Output, slug=slug)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            outputs.withdraw(by=request.user, output=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The output is withdrawn."))
            return redirect("outputs:edit", slug)
    return _ask(request, form, found, None)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    found = of(slug, number)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            editions.withdraw(by=request.user, edition=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The edition is withdrawn."))
            return redirect("outputs:edit_edition", slug, number)
    return _ask(request, form, found.output, found)


@manage_only
@require_POST
def restore_output(request: StaffRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Output, slug=slug)
    try:
        outputs.restore(by=request.user, output=found)
        messages.success(request, _("The output is public again."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("outputs:edit", slug)


@manage_only
@require_POST
def restore_edition(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    editions.restore(by=request.user, edition=of(slug, number))
    messages.success(request, _("The edition is public again."))
    return redirect("outputs:edit_edition", slug, number)


def _ask(
    request: StaffRequest, form: WithdrawForm, found: Output, part: Edition | None
) -> HttpResponse:
    context = {"output": found, "edition": part, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "outputs/withdraw.html", context, status=status)
