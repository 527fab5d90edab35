"""A draft: its words, its articles and their order."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
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
from newsletters.forms.writing import ArticleForm, IssueForm, PlaceForm
from newsletters.models import Article, Issue, Newsletter
from newsletters.services import issues

manage_only = requires("newsletters.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    newsletters = Newsletter.objects.with_subscribers().prefetch_related("issues")
    return render(request, "newsletters/manage.html", {"newsletters": newsletters})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create_issue(request: StaffRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form = IssueForm(posted(request))
    if request.method == "POST" and form.is_valid():
        issue = issues.create(
            by=request.user, newsletter=newsletter, fields=_words(form)
        )
        messages.success(request, _("The issue is saved. Now write its articles."))
        return redirect("newsletters:edit_issue", issue.pk)
    context = {"form": form, "newsletter": newsletter}
    return render(
        request, "newsletters/create_issue.html", context, status=_status(form)
    )


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_issue(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    if issue.state != Issue.State.DRAFT:
        return redirect("newsletters:progress", pk)
    initial = {"seen": issues.version(issue)}
    form = IssueForm(posted(request), instance=issue, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            issues.update(by=request.user, issue=issue, fields=_words(form), seen=seen)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:edit_issue", pk)
    context = {
        "issue": issue,
        "form": form,
        "places": issue.places.select_related("article"),
        "place_form": PlaceForm(issue=issue),
    }
    return render(request, "newsletters/edit_issue.html", context, status=_status(form))


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    form = ArticleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            issues.add_article(by=request.user, issue=issue, fields=_words(form))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The article is in the issue."))
            return redirect("newsletters:edit_issue", pk)
    context = {"form": form, "issue": issue}
    return render(
        request, "newsletters/edit_article.html", context, status=_status(form)
    )


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = _pair(pk, article)
    initial = {"seen": issues.version(found)}
    form = ArticleForm(posted(request), instance=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            issues.update_article(
                by=request.user, article=found, fields=_words(form), seen=seen
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:edit_issue", pk)
    context = {"form": form, "issue": issue, "article": found}
    return render(
        request, "newsletters/edit_article.html", context, status=_status(form)
    )


@manage_only
@require_POST
def place_article(request: StaffRequest, pk: int) -> HttpResponse:
    """An article that exists already, into this issue."""
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    form = PlaceForm(request.POST, issue=issue)
    if form.is_valid():
        _do(request, issues.place_article, issue, form.cleaned_data["article"])
    else:
        messages.error(request, _("Choose an article."))
    return redirect("newsletters:edit_issue", pk)


@manage_only
@require_POST
def move_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = _pair(pk, article)
    up = request.POST.get("to") == "up"
    _do(request, issues.move_article, issue, found, up=up)
    return redirect("newsletters:edit_issue", pk)


@manage_only
@require_POST
def remove_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = _pair(pk, article)
    _do(request, issues.remove_article, issue, found)
    messages.success(
        request, _("The article is out of the issue. It can be added again below.")
    )
    return redirect("newsletters:edit_issue", pk)


def _pair(pk: int, article: int) -> tuple[Issue, Article]:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    return issue, get_object_or_404(Article, pk=article, places__issue=issue)


def _do(
    request: StaffRequest, verb: Any, issue: Issue, article: Article, **more: Any
) -> None:
    try:
        verb(by=request.user, issue=issue, article=article, **more)
    except Refused as refused:
        messages.error(request, str(refused))


def _words(form: forms.BaseForm) -> dict[str, str]:
    return {name: text for name, text in form.cleaned_data.items() if name != "seen"}


def _status(form: forms.BaseForm) -> int:
    return 422 if form.errors else 200
