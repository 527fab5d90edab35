"""What was promised: taken down at the event, seen to afterwards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpResponse
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
from engagement.events.forms.commitments import (
    AddForm,
    ChangeForm,
    FilterForm,
    SettleForm,
)
from engagement.events.models import Commitment, Event
from engagement.events.services import commitments

PER_PAGE = 30


@requires("events.manage")
@require_safe
def list_all(request: StaffRequest) -> HttpResponse:
    """Over all events: what is overdue, whose it is, of which study."""
    form = FilterForm(request.GET)
    rows = Commitment.objects.select_related("event", "owner", "registration")
    if form.is_valid():
        owner = request.user if form.cleaned_data["mine"] else None
        rows = rows.chosen(
            which=form.cleaned_data["which"],
            study=form.cleaned_data["study"],
            owner=owner,
            today=timezone.localdate(),
        )
    page = Paginator(rows.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": timezone.localdate()}
    status = 422 if form.errors else 200
    return render(request, "events/all_commitments.html", context, status=status)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def of_event(request: StaffRequest, slug: str) -> HttpResponse:
    """The list of an event, with a form on top that takes one down in a moment."""
    event = get_object_or_404(Event, slug=slug)
    form = AddForm(posted(request), event=event, initial={"owner": request.user.pk})
    if form.is_valid():
        try:
            commitments.add(by=request.user, event=event, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The commitment is taken down."))
            return redirect("events:commitments", slug)
    rows = event.commitments.select_related("owner", "registration")
    context = {
        "event": event,
        "form": form,
        "commitments": rows.in_order(),
        "today": timezone.localdate(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "events/commitments.html", context, status=status)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """One of them; POST changes it, and takes up one that was proposed."""
    found = _get(pk)
    known = model_to_dict(found, fields=list(ChangeForm.base_fields))
    form = ChangeForm(posted(request), event=found.event, initial=known)
    if form.is_valid():
        try:
            commitments.change(
                by=request.user, commitment=found, fields=form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The commitment is saved."))
            return redirect("events:commitment", pk)
    return _shown(request, found, form, None)


@requires("events.manage")
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    found = _get(pk)
    form = SettleForm(request.POST, before=found.state)
    if form.is_valid():
        try:
            commitments.settle(by=request.user, commitment=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("What came of it is saved."))
            return redirect("events:commitment", pk)
    return _shown(request, found, None, form)


@requires("events.manage")
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        commitments.reopen(by=request.user, commitment=_get(pk))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The commitment is open again."))
    return redirect("events:commitment", pk)


def _get(pk: int) -> Commitment:
    rows = Commitment.objects.select_related("event", "owner", "registration")
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: StaffRequest,
    found: Commitment,
    form: ChangeForm | None,
    ending: SettleForm | None,
) -> HttpResponse:
    """Both forms; one of them may come back with what is wrong in it."""
    refused = next((one for one in (form, ending) if one and one.is_bound), None)
    known = model_to_dict(found, fields=list(ChangeForm.base_fields))
    outcome = {"outcome_en": found.outcome_en, "outcome_cy": found.outcome_cy}
    context = {
        "commitment": found,
        "event": found.event,
        "form": form or ChangeForm(event=found.event, initial=known),
        "ending": ending or SettleForm(initial=outcome, before=found.state),
        "refused": refused,
        "today": timezone.localdate(),
    }
    status = 422 if refused else 200
    return render(request, "events/commitment.html", context, status=status)
