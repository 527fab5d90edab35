"""What an article leads to: picked from what is on the site."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.links import LinkForm, SearchForm
from newsletters.models import Link
from newsletters.services import links, targets
from newsletters.views.articles import pair

manage_only = requires("newsletters.manage")
MOST_SHOWN = 25


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_links(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    """GET finds what it may lead to; POST adds one of them."""
    issue, found = pair(pk, article)
    known = targets.of(issue, found)
    form = LinkForm(posted(request), targets=known)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            links.add(by=request.user, article=found, target=target)
        except Refused as refused:
            form.add_error("target", str(refused))
        else:
            messages.success(request, _("The link is added."))
            return redirect(_address(pk, article, q=request.POST.get("q", "")))
    rows = list(found.links.select_related("output", "event", "ask"))
    context = {
        "issue": issue,
        "article": found,
        "form": form,
        "links": rows,
        "removed": request.GET.get("removed", ""),
        **_found(request, known, {links.target_of(row) for row in rows}),
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/links.html", context, status=status)


@manage_only
@require_POST
def move_link(request: StaffRequest, pk: int, article: int, link: int) -> HttpResponse:
    up = request.POST.get("to") == "up"
    links.move(by=request.user, link=_find(pk, article, link), up=up)
    return redirect("newsletters:edit_links", pk, article)


@manage_only
@require_POST
def remove_link(
    request: StaffRequest, pk: int, article: int, link: int
) -> HttpResponse:
    """The page then offers to put it back."""
    target = links.remove(by=request.user, link=_find(pk, article, link))
    return redirect(_address(pk, article, removed=target))


def _found(
    request: StaffRequest, known: list[targets.Target], taken: set[str]
) -> dict[str, Any]:
    """What is searched for, without what the article leads to already."""
    search = SearchForm(request.POST if request.method == "POST" else request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    free = [target for target in known if target.value not in taken]
    hits = targets.matching(free, words)
    return {
        "search": search,
        "words": words,
        "number": len(hits),
        "targets": hits[:MOST_SHOWN],
    }


def _address(pk: int, article: int, **query: str) -> str:
    """With what of the query says something."""
    page = reverse("newsletters:edit_links", args=[pk, article])
    said = urlencode({name: text for name, text in query.items() if text})
    return f"{page}?{said}" if said else page


def _find(pk: int, article: int, link: int) -> Link:
    _issue, found = pair(pk, article)
    rows = Link.objects.select_related("article")
    return get_object_or_404(rows, pk=link, article=found)
