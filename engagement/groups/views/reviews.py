"""The reviews of a study: for those who sit in its groups to read, for staff to run."""

from django.contrib import messages
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
from engagement.core.access import check, requires
from engagement.core.errors import Refused
from engagement.groups import reviewed
from engagement.groups.forms_review import NoteForm, OpenForm
from engagement.groups.models import Review
from engagement.groups.services import review_clock, reviews
from engagement.studies.models import Study

form_page = require_http_methods(["GET", "HEAD", "POST"])
manage_only = requires("groups.manage")


@requires("accounts.sign_in")
@require_safe
def list_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Of a study, the next one on top."""
    study = get_object_or_404(Study, slug=slug)
    check(request, "groups.view_reviews", study)
    today = timezone.localdate()
    rows = study.reviews.select_related("study", "meeting__event").order_by("-due_on")
    context = {
        "study": study,
        "reviews": rows,
        "today": today,
        "runs_long": review_clock.runs_long(study, today),
    }
    return render(request, "groups/reviews.html", context)


@requires("accounts.sign_in")
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist as it was kept, or as it would be today."""
    review = _review(pk)
    check(request, "groups.view_reviews", review.study)
    decisions = review.meeting.decisions.all() if review.meeting else ()
    if decisions and not request.user.has_perm("groups.manage"):
        decisions = decisions.public()
    context = {
        "review": review,
        "study": review.study,
        "checklist": reviewed.of(review),
        "decisions": decisions,
        "today": timezone.localdate(),
    }
    return render(request, "groups/review.html", context)


@manage_only
@form_page
def open_for(request: StaffRequest, pk: int) -> HttpResponse:
    review = _review(pk)
    chosen = {"meeting": review.meeting_id}
    form = OpenForm(posted(request), review=review, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            reviews.open_for(by=request.user, review=review, **form.cleaned_data)
        except Refused as refused:
            form.add_error("meeting", str(refused))
        else:
            messages.success(request, _("The checklist is kept as it is now."))
            return redirect(review)
    return _page(request, "groups/open_review.html", review, form)


@manage_only
@form_page
def note(request: StaffRequest, pk: int) -> HttpResponse:
    review = _review(pk)
    now = {"note_en": review.note_en, "note_cy": review.note_cy}
    form = NoteForm(posted(request), initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            reviews.note(by=request.user, review=review, **form.cleaned_data)
        except Refused as refused:
            form.add_error("note_en", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(review)
    return _page(request, "groups/note_review.html", review, form)


@manage_only
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    review = _review(pk)
    try:
        reviews.finish(by=request.user, review=review)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The review is done."))
    return redirect(review)


def _review(pk: int) -> Review:
    rows = Review.objects.select_related("study", "meeting__group", "meeting__event")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, template: str, review: Review, form: OpenForm | NoteForm
) -> HttpResponse:
    context = {"form": form, "review": review, "study": review.study}
    return render(request, template, context, status=422 if form.errors else 200)
