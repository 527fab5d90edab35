"""What those who came say of it, by the link in their mail; and what the team reads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import bilingual, limits
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.events import afterwards
from engagement.events.forms.feedback import FeedbackForm, ReportForm
from engagement.events.models import Event
from engagement.events.services import chasing, commitments, feedback

# So that nobody tries links at random.
BAD_LINKS_AN_HOUR = 30


@public
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Without an account; sent again it changes the answer, as long as that is open."""
    try:
        found = feedback.find(token)
    except BadToken as error:
        return _bad_link(request, error)
    known, taken = feedback.known(found)
    form = FeedbackForm(posted(request), initial=known, taken=taken)
    if form.is_valid():
        try:
            feedback.give(
                by=None,
                registration=found,
                language=bilingual.active(),
                **form.cleaned_data,
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. Your answer is saved."))
            return redirect("events:feedback", token)
    context = {
        "event": found.event,
        "form": form,
        "answered": bool(known),
        "is_open": feedback.is_open(found.event),
        "until": feedback.open_until(found.event),
    }
    status = 422 if form.is_bound else 200
    return render(request, "events/feedback.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """What came of what somebody said they would do."""
    try:
        found = chasing.find(token)
    except BadToken as error:
        return _bad_link(request, error)
    language = bilingual.active()
    initial = {"words": getattr(found, f"outcome_{language}")}
    if found.settled_at:
        initial["answer"] = found.state
    form = ReportForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            commitments.report(
                by=None, commitment=found, language=language, **form.cleaned_data
            )
        except Refused as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Thank you. Your answer is saved."))
            return redirect("events:outcome", token)
    context = {"commitment": found, "event": found.event, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "events/outcome.html", context, status=status)


@requires("events.manage")
@require_safe
def results(request: StaffRequest, slug: str) -> HttpResponse:
    """Counts by answer, and what was written, without names and in no one's order."""
    event = get_object_or_404(Event, slug=slug)
    context = {
        "event": event,
        "found": afterwards.of(event, public=False).found,
        "uses": _written(event, "use_for"),
        "comments": _written(event, "comment"),
        "asked": event.registrations.exclude(feedback_asked_at=None).count(),
    }
    return render(request, "events/feedback_results.html", context)


def _written(event: Event, column: str) -> list[tuple[str, str]]:
    """By the alphabet, so that the order does not tell who wrote first."""
    rows = event.feedback.exclude(**{column: ""}).order_by(column)
    return list(rows.values_list(column, "language"))


def _bad_link(request: HttpRequest, error: BadToken) -> HttpResponse:
    client = request.META["REMOTE_ADDR"]
    if not limits.within("bad-link", client, BAD_LINKS_AN_HOUR):
        return limits.too_many(request)
    return render(request, "events/bad_link.html", {"error": str(error)}, status=404)
