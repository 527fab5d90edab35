"""What groups have decided."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import public, requires
from engagement.groups.forms_meetings import DecisionsForm
from engagement.groups.models import Decision
from engagement.groups.services import decisions

PER_PAGE = 30


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """By words in either language, group and year; what is not for the public is there
    for staff and for those who sit in the group."""
    form = DecisionsForm(request.GET)
    rows = Decision.objects.visible_to(request.user)
    rows = rows.matching(**form.cleaned_data) if form.is_valid() else rows.none()
    rows = rows.select_related("group", "meeting__event", "replaced_by__group")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    context = {"form": form, "page": page}
    return render(request, "groups/decisions.html", context, status=status)


@requires("groups.manage")
@require_POST
def redact(request: StaffRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision, pk=pk)
    redacted = request.POST.get("redacted") == "yes"
    decisions.redact(by=request.user, decision=decision, redacted=redacted)
    messages.success(request, _("Saved."))
    return redirect("groups:meeting", decision.meeting_id)
