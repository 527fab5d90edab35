"""What somebody who was invited sees of it, by the link in their mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import posted
from engagement.core import limits
from engagement.core.access import public
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.events.forms.answering import AnswerForm, DeputyForm
from engagement.events.models import Invitation
from engagement.events.services import answers, deputies, invited, registrations

# An hour, from one place, of links that are none.
GUESSES = 50
# An hour, for one invitation: each one writes to an address that anybody may have typed.
DEPUTIES = 5


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what was asked and answered, POST answers."""
    try:
        found = invited.find(token)
    except BadToken as error:
        return bad_link(request, error)
    mine = invited.held(found).first()
    known = {
        "answer": found.answer or None,
        "wants_welsh": mine.wants_welsh if mine else False,
    }
    form = AnswerForm(posted(request), invitation=found, initial=known)
    if form.is_valid():
        if form.cleaned_data["answer"] == Invitation.Answer.DEPUTY:
            return redirect("events:invited_deputy", token)
        try:
            answers.answer(by=None, invitation=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
            found = invited.find(token)
        else:
            messages.success(request, _("We have your answer. Thank you."))
            return redirect("events:invitation", token)
    context = {
        "invitation": found,
        "event": found.event,
        "form": form,
        "token": token,
        "mine": mine,
        "closed": invited.why_closed(found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "events/invitation.html", context, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_deputy(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = invited.find(token)
    except BadToken as error:
        return bad_link(request, error)
    if invited.why_closed(found):
        return redirect("events:invitation", token)
    form = DeputyForm(posted(request), invitation=found)
    if form.is_valid():
        if not limits.within("deputy", str(found.pk), DEPUTIES):
            return limits.too_many(request)
        details = {k: v for k, v in form.cleaned_data.items() if k != "agreed"}
        try:
            deputies.send(by=None, invitation=found, **details)
        except deputies.OwnAddress as error:
            form.add_error("email", str(error))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We have your answer. Thank you."))
            return redirect("events:invitation", token)
    context = {"event": found.event, "form": form, "token": token}
    status = 422 if form.is_bound else 200
    return render(request, "events/invited_deputy.html", context, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No invitations any more, to any event."""
    try:
        found = invited.find(token)
    except BadToken as error:
        return bad_link(request, error)
    if request.method == "POST":
        try:
            answers.stop(by=None, invitation=found)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You will be sent no more invitations."))
        return redirect("events:invitation", token)
    context = {"event": found.event, "token": token}
    return render(request, "events/invitation_stop.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in the deputy's mail: GET shows what it is, POST declines."""
    try:
        found = deputies.find(token)
    except BadToken as error:
        return bad_link(request, error)
    if request.method == "POST":
        try:
            deputies.decline(by=None, registration=found)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You are not a deputy for this event."))
        return redirect("events:deputy", token)
    can = registrations.can_cancel(found)
    context = {"registration": found, "event": found.event, "can_decline": can}
    return render(request, "events/deputy.html", context)


def bad_link(request: HttpRequest, error: BadToken) -> HttpResponse:
    """A page that says so, as often as somebody may mistype a link."""
    if not limits.within("event-link", request.META["REMOTE_ADDR"], GUESSES):
        return limits.too_many(request)
    context = {"error": str(error)}
    return render(request, "events/bad_invitation.html", context, status=404)
