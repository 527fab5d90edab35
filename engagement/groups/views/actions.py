"""What is owed to groups."""

from django.contrib import messages
from django.core.paginator import Paginator
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
from engagement.core import bilingual, limits
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.groups.forms_meetings import (
    ActionForm,
    ActionsForm,
    DoneForm,
    NewActionForm,
    SettleForm,
)
from engagement.groups.models import Action
from engagement.groups.services import actions, chasing
from engagement.groups.views import meetings

PER_PAGE = 30
# So that nobody tries links at random.
BAD_LINKS_AN_HOUR = 30


@requires("groups.manage")
@require_safe
def list_all(request: StaffRequest) -> HttpResponse:
    """Over all groups: what is overdue, and what nobody owes any more."""
    form = ActionsForm(request.GET)
    today = timezone.localdate()
    rows = Action.objects.select_related("group", "owner__person", "meeting__event")
    if form.is_valid():
        rows = rows.chosen(today=today, **form.cleaned_data)
    page = Paginator(rows.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": today}
    status = 422 if form.errors else 200
    return render(request, "groups/actions.html", context, status=status)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    meeting = meetings.get(pk)
    asked = {"item": request.GET.get("item")}
    form = NewActionForm(posted(request), meeting=meeting, initial=asked)
    if form.is_valid():
        try:
            actions.add(by=request.user, meeting=meeting, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The action is taken down."))
            return redirect("groups:meeting", pk)
    context = {"form": form, "meeting": meeting}
    status = 422 if form.is_bound else 200
    return render(request, "groups/new_action.html", context, status=status)


@requires("groups.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """What it is, whose and by when; beside it, what came of it."""
    found = _get(pk)
    form = ActionForm(posted(request), instance=found, group=found.group)
    if form.is_valid():
        try:
            actions.change(by=request.user, action=found, fields=form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The action is saved."))
            return redirect(found)
    return _shown(request, pk, form, None)


@requires("groups.manage")
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    found = _get(pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            actions.settle(by=request.user, action=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("What came of it is saved."))
            return redirect(found)
    return _shown(request, pk, None, form)


@requires("groups.manage")
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    found = _get(pk)
    try:
        actions.reopen(by=request.user, action=found)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The action is open again."))
    return redirect(found)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Its owner says that it is done, by the link in the mail; GET only shows it."""
    try:
        found = chasing.find(token)
    except BadToken as error:
        if not limits.within(
            "bad-link", request.META["REMOTE_ADDR"], BAD_LINKS_AN_HOUR
        ):
            return limits.too_many(request)
        return render(
            request, "events/bad_link.html", {"error": str(error)}, status=404
        )
    form = DoneForm(posted(request))
    if form.is_valid():
        try:
            actions.report_done(
                by=None,
                action=found,
                language=bilingual.active(),
                **form.cleaned_data,
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. It is marked as done."))
            return redirect("groups:action_done", token)
    context = {"action": found, "event": found.meeting.event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "groups/action_done.html", context, status=status)


def _get(pk: int) -> Action:
    rows = Action.objects.select_related("group", "owner__person", "meeting__event")
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: StaffRequest, pk: int, form: ActionForm | None, ending: SettleForm | None
) -> HttpResponse:
    """Both forms; one of them may come back with what is wrong in it."""
    found = _get(pk)
    refused = next((one for one in (form, ending) if one and one.is_bound), None)
    outcome = {"outcome_en": found.outcome_en, "outcome_cy": found.outcome_cy}
    context = {
        "action": found,
        "form": form or ActionForm(instance=found, group=found.group),
        "ending": ending or SettleForm(initial=outcome),
        "refused": refused,
        "today": timezone.localdate(),
    }
    status = 422 if refused else 200
    return render(request, "groups/action.html", context, status=status)
