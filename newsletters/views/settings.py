"""A newsletter and its settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from newsletters.forms.settings import NewsletterForm
from newsletters.models import Newsletter
from newsletters.services import newsletters

manage_only = requires("newsletters.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create_newsletter(request: StaffRequest) -> HttpResponse:
    form = NewsletterForm(posted(request), _files(request))
    if request.method == "POST" and form.is_valid():
        newsletters.create(
            by=request.user, fields=form.values(), masthead=form.cleaned_data["picture"]
        )
        messages.success(request, _("The newsletter is saved."))
        return redirect("newsletters:manage")
    return _page(request, {"form": form})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_newsletter(request: StaffRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form = NewsletterForm(posted(request), _files(request), instance=newsletter)
    if request.method == "POST" and form.is_valid():
        newsletters.update(
            by=request.user,
            newsletter=newsletter,
            fields=form.values(),
            masthead=form.cleaned_data["picture"],
            without_masthead=form.cleaned_data["without_picture"],
        )
        messages.success(request, _("Saved."))
        return redirect("newsletters:manage")
    # What was typed is in the form's copy: the heading is of what is saved.
    saved = Newsletter.objects.get(pk=newsletter.pk)
    return _page(request, {"form": form, "newsletter": saved})


def _files(request: StaffRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _page(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, "newsletters/settings.html", context, status=status)
