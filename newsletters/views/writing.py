"""A draft: its words, and the order of its articles."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.writing import OrderForm, PlaceForm
from newsletters.models import Article, Issue, Newsletter
from newsletters.services import issues
from newsletters.views import beside
from newsletters.views.articles import pair
from newsletters.views.signed_out import keeps_words

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    newsletters = Newsletter.objects.with_subscribers().prefetch_related("issues")
    return render(request, "newsletters/manage.html", {"newsletters": newsletters})


@keeps_words
@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create_issue(request: StaffRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form, kept = beside.form(request, "new_issue", newsletter.pk)
    if request.method == "POST" and form.is_valid():
        issue = issues.create(
            by=request.user, newsletter=newsletter, fields=form.words()
        )
        messages.success(request, _("The issue is saved. Now write its articles."))
        return redirect("newsletters:edit_issue", issue.pk)
    context = beside.context(request, "new_issue", newsletter.pk, form, kept)
    context |= {"form": form, "newsletter": newsletter}
    return render(
        request, "newsletters/create_issue.html", context, status=_status(form)
    )


@keeps_words
@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_issue(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    form, kept = beside.form(request, "issue", pk, issue)
    if issue.state != Issue.State.DRAFT:
        if request.method == "POST":
            # Should it become a draft again, what was typed is offered again.
            beside.keep(request.user, "issue", pk, form, issue)
            messages.error(request, _("Not saved: this is no draft any more."))
        return redirect("newsletters:progress", pk)
    if request.method == "POST" and form.is_valid():
        try:
            issues.update(
                by=request.user,
                issue=issue,
                fields=form.words(),
                seen=form.over(),
                same=form.still_same(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:edit_issue", pk)
    context = beside.context(request, "issue", pk, form, kept, issue)
    context |= {
        "issue": issue,
        "form": form,
        "places": issue.places.select_related("article"),
        "place_form": PlaceForm(issue=issue),
        "removed": _removed(request, issue),
        "removed_at": request.GET.get("at", ""),
    }
    return render(request, "newsletters/edit_issue.html", context, status=_status(form))


@manage_only
@require_POST
def place_article(request: StaffRequest, pk: int) -> HttpResponse:
    """An article that exists already, into this issue."""
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    form = PlaceForm(request.POST, issue=issue)
    if form.is_valid():
        _do(request, issues.place_article, issue, **form.cleaned_data)
    else:
        messages.error(request, _("Choose an article."))
    return redirect("newsletters:edit_issue", pk)


@manage_only
@require_POST
def reorder_articles(request: StaffRequest, pk: int) -> HttpResponse:
    """For a script: nothing in the answer, or why not in words."""
    issue = get_object_or_404(Issue, pk=pk)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        issues.reorder(by=request.user, issue=issue, order=form.cleaned_data["order"])
    except Refused as refused:
        return HttpResponse(str(refused), status=409, content_type="text/plain")
    return HttpResponse(status=204)


@manage_only
@require_POST
def move_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = pair(pk, article)
    up = request.POST.get("to") == "up"
    _do(request, issues.move_article, issue, article=found, up=up)
    return redirect("newsletters:edit_issue", pk)


@manage_only
@require_POST
def remove_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    """The page then offers to put it back."""
    issue, found = pair(pk, article)
    at = _do(request, issues.remove_article, issue, article=found)
    address = reverse("newsletters:edit_issue", args=[pk])
    return redirect(f"{address}?removed={article}&at={at}" if at else address)


def _removed(request: StaffRequest, issue: Issue) -> Article | None:
    number = request.GET.get("removed", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Article.objects.exclude(places__issue=issue).filter(pk=number).first()


def _do(request: StaffRequest, verb: Any, issue: Issue, **more: Any) -> Any:
    """What the service gives back; None where it refused, and the reader is told why."""
    try:
        return verb(by=request.user, issue=issue, **more)
    except Refused as refused:
        messages.error(request, str(refused))
        return None


def _status(form: forms.BaseForm) -> int:
    return 422 if form.errors else 200
