"""What an article leads to: picked from what is on the site."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.links import LinkForm
from newsletters.models import Link
from newsletters.services import links
from newsletters.views.articles import pair

manage_only = requires("newsletters.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_links(request: StaffRequest, pk: int, article: int) -> HttpResponse:
    issue, found = pair(pk, article)
    form = LinkForm(posted(request), issue=issue, article=found)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            links.add(by=request.user, article=found, target=target)
        except Refused as refused:
            form.add_error("target", str(refused))
        else:
            messages.success(request, _("The link is added."))
            return redirect("newsletters:edit_links", pk, article)
    context = {
        "issue": issue,
        "article": found,
        "form": form,
        "links": found.links.select_related("output", "event", "ask"),
        "removed": request.GET.get("removed", ""),
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
    address = reverse("newsletters:edit_links", args=[pk, article])
    return redirect(f"{address}?removed={target}")


def _find(pk: int, article: int, link: int) -> Link:
    _issue, found = pair(pk, article)
    rows = Link.objects.select_related("article")
    return get_object_or_404(rows, pk=link, article=found)
