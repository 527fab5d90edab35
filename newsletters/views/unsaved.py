"""What a script keeps every few seconds of what is typed, and throwing it away."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from newsletters.models import Article, Issue, Newsletter
from newsletters.services import presence, unsaved
from newsletters.views import beside, signed_out

manage_only = requires("newsletters.manage")
# Whose number it is, kind by kind.
MODELS: dict[str, type[Issue] | type[Article] | type[Newsletter]] = {
    "issue": Issue,
    "article": Article,
    "new_issue": Newsletter,
    "new_article": Issue,
}


@manage_only
@require_POST
def keep(request: StaffRequest, kind: str, pk: int) -> JsonResponse:
    """Says in words what became of it, and who else is at it."""
    thing = _thing(kind, pk)
    form, _kept = beside.form(request, kind, pk, thing)
    kept = beside.keep(request.user, kind, pk, form, thing)
    seen = str(form["seen"].value() or "")
    told = beside.news(request.user, kind, pk, seen, thing)
    said = _("Kept at %(time)s, not saved yet.") % {
        "time": beside.when(kept.at) if kept else ""
    }
    return JsonResponse({"kept": said if kept else "", "others": told})


@manage_only
@require_POST
def opened(request: StaffRequest, kind: str, pk: int) -> JsonResponse:
    """The form is open, though nothing may be typed. Carries no words: a second window
    of one person must not put old ones over new ones."""
    thing = _thing(kind, pk)
    presence.tell(user=request.user, kind=kind, pk=pk)
    seen = request.POST.get("seen", "")
    told = beside.news(request.user, kind, pk, seen, thing)
    return JsonResponse({"others": told})


@manage_only
@require_POST
def discard(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Back to the form, which then shows what is saved."""
    _thing(kind, pk)
    unsaved.drop(user=request.user, kind=kind, pk=pk)
    signed_out.drop(request)
    messages.success(request, _("What was not saved is gone."))
    if kind == "article":
        issue = Issue.objects.filter(
            places__article=pk, pk=_number(request.POST.get("issue"))
        ).first()
        if issue is None:
            return redirect("newsletters:manage")
        return redirect("newsletters:edit_article", issue.pk, pk)
    if kind == "new_issue":
        return redirect("newsletters:create_issue", Newsletter.objects.get(pk=pk).slug)
    pages = {"issue": "edit_issue", "new_article": "add_article"}
    return redirect(f"newsletters:{pages[kind]}", pk)


def _thing(kind: str, pk: int) -> beside.Thing:
    """What is typed over; None for a new one. A 404 where there is no such thing."""
    if kind not in unsaved.KINDS:
        raise Http404
    found = get_object_or_404(MODELS[kind], pk=pk)
    return None if kind.startswith("new_") else found  # type: ignore[return-value]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
