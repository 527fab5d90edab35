"""The register, for staff."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.audit.models import Entry
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.models import Commitment
from engagement.evidence import paths
from engagement.evidence.forms.entry import EntryForm, TiesForm
from engagement.evidence.forms.listing import RegisterForm
from engagement.evidence.forms.sources import ConsentForm
from engagement.evidence.models import EvidenceOfUse, Submission
from engagement.evidence.services import uses

PER_PAGE = 30
manage_only = requires("evidence.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    """All entries, the latest put on record first."""
    form = RegisterForm(request.GET)
    rows = EvidenceOfUse.objects.select_related("study").order_by(
        "-recorded_at", "slug"
    )
    if form.is_valid():
        rows = rows.chosen(**form.cleaned_data)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": Submission.objects.waiting().count(),
    }
    status = 422 if form.errors else 200
    return render(request, "evidence/manage.html", context, status=status)


@manage_only
@form_page
def create(request: StaffRequest) -> HttpResponse:
    form = EntryForm(posted(request), initial={"study": request.GET.get("study")})
    if form.is_valid():
        use = uses.record(by=request.user, fields=entered(request, form))
        return saved(request, use)
    return shown(request, form, {})


@manage_only
@form_page
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """What a commitment made at an event led to."""
    rows = Commitment.objects.select_related("event")
    commitment = get_object_or_404(rows, pk=pk)
    known = {
        "study": commitment.event.study_id,
        "description_en": commitment.outcome_en,
        "description_cy": commitment.outcome_cy,
    }
    form = EntryForm(posted(request), initial=known)
    if form.is_valid():
        fields = entered(request, form)
        use = uses.record(by=request.user, commitment=commitment, fields=fields)
        return saved(request, use)
    return shown(request, form, {"commitment": commitment})


@manage_only
@form_page
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    use = get_object_or_404(EvidenceOfUse, pk=pk)
    form = EntryForm(posted(request), instance=use)
    if form.is_valid():
        try:
            uses.update(by=request.user, use=use, fields=entered(request, form))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return saved(request, use)
    return shown(request, form, {"use": use})


@manage_only
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """All that is known of an entry, what it lacks, and what was done to it."""
    use = get_object_or_404(EvidenceOfUse.objects.with_everything(), pk=pk)
    context = {
        "use": use,
        "missing": uses.obstacles(use),
        "path": paths.of(use, request.user),
        "history": Entry.objects.filter(
            target_kind=use._meta.label_lower, target_id=use.pk
        ),
    }
    return render(request, "evidence/show.html", context)


@manage_only
@form_page
def ties(request: StaffRequest, pk: int) -> HttpResponse:
    """Which outputs were used, what helped and what stood in the way."""
    use = get_object_or_404(EvidenceOfUse.objects.select_related("study"), pk=pk)
    now = {name: getattr(use, name).all() for name in uses.MANY}
    form = TiesForm(posted(request), initial=now, study=use.study)
    if form.is_valid():
        uses.update(by=request.user, use=use, fields=form.cleaned_data)
        return saved(request, use)
    status = 422 if form.is_bound else 200
    context = {"form": form, "use": use}
    return render(request, "evidence/edit_ties.html", context, status=status)


@manage_only
@form_page
def consent(request: StaffRequest, pk: int) -> HttpResponse:
    use = get_object_or_404(EvidenceOfUse, pk=pk)
    now = {"consent": use.consent, "on": use.consent_on}
    form = ConsentForm(posted(request), initial=now)
    if form.is_valid():
        uses.settle_consent(by=request.user, use=use, **form.cleaned_data)
        return saved(request, use)
    status = 422 if form.is_bound else 200
    context = {"form": form, "use": use}
    return render(request, "evidence/consent.html", context, status=status)


@manage_only
@form_page
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, uses.publish, "evidence/publish.html")


@manage_only
@form_page
def unpublish(request: StaffRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, uses.unpublish, "evidence/unpublish.html")


def _confirm(
    request: StaffRequest, pk: int, act: Callable[..., Any], template: str
) -> HttpResponse:
    """GET asks, POST does it; what is refused is told beside the button."""
    use = get_object_or_404(EvidenceOfUse, pk=pk)
    missing: list[str] = []
    if request.method == "POST":
        try:
            act(by=request.user, use=use)
        except uses.NotReady as error:
            missing = error.missing
        else:
            return saved(request, use)
    context = {"use": use, "missing": missing}
    status = 422 if missing else 200
    return render(request, template, context, status=status)


def entered(request: StaffRequest, form: EntryForm) -> dict[str, Any]:
    """For the service; a new overlap group is made on the way."""
    fields = form.fields_of_entry()
    if (names := form.new_overlap())["name_en"]:
        fields["overlap"] = uses.add_overlap(by=request.user, **names)
    return fields


def saved(request: StaffRequest, use: EvidenceOfUse) -> HttpResponse:
    messages.success(request, _("The entry is saved."))
    return redirect("evidence:show", use.pk)


def shown(request: StaffRequest, form: EntryForm, about: Any) -> HttpResponse:
    """`about` is what the entry is made from, if anything."""
    status = 422 if form.is_bound else 200
    context = {"form": form, **about}
    return render(request, "evidence/edit.html", context, status=status)
