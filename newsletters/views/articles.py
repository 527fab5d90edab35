"""An article in the issue that it is written for."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.writing import SUMMARY
from newsletters.models import Article, Issue
from newsletters.services import articles
from newsletters.views import beside
from newsletters.views.signed_out import keeps_words

manage_only = requires("newsletters.manage")


@keeps_words
@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_article(request: StaffRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    form, kept = beside.form(request, "new_article", pk)
    if request.method == "POST" and form.is_valid():
        try:
            articles.create(by=request.user, issue=issue, fields=form.words())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The article is in the issue."))
            return redirect("newsletters:edit_issue", pk)
    context = beside.context(request, "new_article", pk, form, kept)
    return _page(request, {"form": form, "issue": issue, **context})


@keeps_words
@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_article(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = pair(pk, article)
    form, kept = beside.form(request, "article", article, found)
    if request.method == "POST" and form.is_valid():
        try:
            articles.update(
                by=request.user,
                article=found,
                fields=form.words(),
                seen=form.over(),
                same=form.still_same(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:edit_issue", pk)
    context = beside.context(request, "article", article, form, kept, found)
    context |= {"form": form, "issue": issue, "article": found}
    return _page(request, context)


@manage_only
@require_safe
def markdown_help(request: StaffRequest) -> HttpResponse:
    """What to type, and what comes of it."""
    return render(request, "newsletters/markdown_help.html", {"samples": _samples()})


def pair(pk: int, article: int) -> tuple[Issue, Article]:
    """The issue and the article in it; a 404 where it is not."""
    issue = get_object_or_404(Issue.objects.select_related("newsletter"), pk=pk)
    return issue, get_object_or_404(Article, pk=article, places__issue=issue)


def _page(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    context["words_from"], context["words_to"] = SUMMARY
    status = 422 if form.errors else 200
    return render(request, "newsletters/edit_article.html", context, status=status)


def _samples() -> list[tuple[str, str]]:
    """What it is for, and what is typed; the page renders it too."""
    return [
        (_("A heading"), _("## What we found")),
        (_("Weight"), _("This is **important**.")),
        (_("A list"), _("- first\n- second")),
        (_("A numbered list"), _("1. first\n2. second")),
        (_("A link"), _("[The report](https://example.org/report)")),
        (_("A table"), _("| Area | Share |\n| --- | --- |\n| Cardiff | 12% |")),
        (_("A quotation"), _("> What somebody said")),
    ]
