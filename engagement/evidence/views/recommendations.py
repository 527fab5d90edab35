from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import public
from engagement.core.errors import Refused
from engagement.evidence.forms.listing import RecommendationsForm
from engagement.evidence.forms.recommendations import AssignForm, NoteForm
from engagement.evidence.models import Recommendation
from engagement.evidence.services import recommendations
from engagement.evidence.views.register import PER_PAGE, form_page, manage_only


@public
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """What was recommended, and how far each has come; nobody's name."""
    rows = Recommendation.objects.select_related("study")
    rows = rows.order_by(F("study__position").asc(nulls_last=True), "study", "slug")
    context = {"recommendations": rows, "counts": _counts()}
    return render(request, "evidence/recommendations.html", context)


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    form = RecommendationsForm(request.GET)
    today = timezone.localdate()
    rows = Recommendation.objects.select_related("study", "owner")
    if form.is_valid():
        rows = rows.chosen(today=today, **form.cleaned_data)
    page = Paginator(rows.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": today}
    status = 422 if form.errors else 200
    return render(
        request, "evidence/manage_recommendations.html", context, status=status
    )


@manage_only
@form_page
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who sees to it and by when; beside it, how it stands."""
    found = _get(pk)
    names = ("owner", "owner_words_en", "owner_words_cy", "due_on")
    now = {name: getattr(found, name) for name in names}
    form = AssignForm(posted(request), initial=now)
    if form.is_valid():
        try:
            recommendations.assign(
                by=request.user, recommendation=found, fields=form.cleaned_data
            )
        except Refused as error:
            form.add_error("owner_words_en", str(error))
        else:
            return _saved(request, found)
    return _shown(request, found, form, NoteForm(recommendation=found), form)


@manage_only
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """A dated note; with a state, a move."""
    found = _get(pk)
    form = NoteForm(request.POST, recommendation=found)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        state = fields.pop("state")
        act: Any = recommendations.note
        if state:
            act, fields["state"] = recommendations.move, state
        try:
            act(by=request.user, recommendation=found, **fields)
        except Refused as error:
            form.add_error("text", str(error))
        else:
            return _saved(request, found)
    names = ("owner", "owner_words_en", "owner_words_cy", "due_on")
    assign = AssignForm(initial={name: getattr(found, name) for name in names})
    return _shown(request, found, assign, form, form)


def _get(pk: int) -> Recommendation:
    rows = Recommendation.objects.select_related("study", "owner")
    return get_object_or_404(rows, pk=pk)


def _counts() -> list[tuple[str, int]]:
    """How many are in each state, in the order of the states."""
    rows = Recommendation.objects.order_by().values_list("state")
    found = dict(rows.annotate(number=Count("pk")))
    return [(str(s.label), found.get(s.value, 0)) for s in Recommendation.State]


def _saved(request: StaffRequest, row: Recommendation) -> HttpResponse:
    messages.success(request, _("The recommendation is saved."))
    return redirect(row)


def _shown(
    request: StaffRequest,
    row: Recommendation,
    assign: AssignForm,
    note: NoteForm,
    sent: AssignForm | NoteForm,
) -> HttpResponse:
    context = {
        "recommendation": row,
        "assign": assign,
        "note": note,
        "refused": sent if sent.errors else None,
        "today": timezone.localdate(),
    }
    status = 422 if sent.errors else 200
    return render(request, "evidence/recommendation.html", context, status=status)
