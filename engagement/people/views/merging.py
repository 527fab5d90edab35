from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people.forms.merging import ChooseForm, MergeForm
from engagement.people.models import Merge
from engagement.people.queries import find, find_organisations, merges
from engagement.people.services import likeness, merging


@requires("people.manage")
@require_safe
def list_duplicates(request: HttpRequest) -> HttpResponse:
    """Who may be one, and what has been merged."""
    people = Paginator(likeness.pairs_of_people(), 25)
    page = people.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "people": _rows(merging.KINDS["person"], page.object_list),
        "bodies": _rows(
            merging.KINDS["organisation"], likeness.pairs_of_organisations()[:25]
        ),
        "merges": merges()[:25],
    }
    return render(request, "people/merging.html", context)


@requires("people.manage")
@require_safe
def choose(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Finds the other one."""
    kept = get_object_or_404(_model(kind), pk=pk)
    form = ChooseForm(request.GET or None)
    found: Any = []
    if form.is_valid():
        words = form.cleaned_data["words"]
        both = find(words=words, sector="") if kind == "person" else None
        found = find_organisations(words=words) if both is None else both
        found = found.exclude(pk=pk)[:25]
    context = {"kept": kept, "kind": kind, "form": form, "found": found}
    status = 422 if form.errors else 200
    return render(request, "people/merge_choose.html", context, status=status)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, kind: str, kept: int, merged: int) -> HttpResponse:
    """Side by side, with what will move; then it is done."""
    model = _model(kind)
    two = [get_object_or_404(model, pk=pk) for pk in (kept, merged)]
    form = MergeForm(posted(request), kept=two[0], merged=two[1])
    # With nothing to choose between, an empty POST is a choice too.
    if request.method == "POST" and form.is_valid():
        try:
            record = merging.merge(
                by=request.user, kept=two[0], merged=two[1], fields=form.taken()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Merged. You can undo it for 30 days."))
            page = "people:detail" if kind == "person" else "people:organisation"
            return redirect(page, record.kept_id)
    context = {
        "kind": kind,
        "kept": two[0],
        "merged": two[1],
        "form": form,
        "moving": merging.what_moves(two[1]),
    }
    status = 422 if form.errors else 200
    return render(request, "people/merge_compare.html", context, status=status)


@requires("people.manage")
@require_POST
def different(request: StaffRequest, kind: str, one: int, other: int) -> HttpResponse:
    """They only look alike: not suggested again."""
    if one == other:
        raise Http404
    for pk in (one, other):
        get_object_or_404(_model(kind), pk=pk)
    merging.keep_apart(by=request.user, kind=kind, one=one, other=other)
    messages.success(request, _("They will not be suggested again."))
    return redirect("people:merging")


@requires("people.manage")
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Merge, pk=pk)
    try:
        merging.undo(by=request.user, merge=record)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The merge was undone."))
    return redirect("people:merging")


def _model(kind: str) -> type[Any]:
    if kind not in merging.KINDS:
        raise Http404
    return merging.KINDS[kind]


def _rows(model: type[Model], pairs: Any) -> list[tuple[Any, Any]]:
    """The pairs with their rows."""
    keys = {pk for pair in pairs for pk in pair}
    rows = model._base_manager.in_bulk(keys)
    return [(rows[one], rows[other]) for one, other in pairs]
