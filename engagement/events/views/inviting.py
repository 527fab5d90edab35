"""Staff invite people, see what they answer, and take an invitation back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events import inviting
from engagement.events.forms.inviting import ChosenForm, WhomForm
from engagement.events.models import Event, Invitation
from engagement.events.services import invitations as asking
from engagement.people.models import Person
from engagement.people.models.people import PersonQuerySet
from engagement.people.queries import find, sector_of
from engagement.people.rule.shape import BrokenRule
from engagement.people.services import audiences

SHOWN = 50
FOUND = 20


@requires("events.manage")
@require_safe
def invitations(request: StaffRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    rows = inviting.asked(event)
    standing = event.invitations.standing()
    labels = dict(Invitation.Answer.choices) | {"": _("No answer")}
    context = {
        "event": event,
        "page": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "answers": [(labels[key], number) for key, number in standing.by_answer()],
        "sectors": standing.by_sector(),
        "number": standing.count(),
    }
    return render(request, "events/invitations.html", context)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest, slug: str) -> HttpResponse:
    """GET shows by name who would be invited, POST invites those whose boxes are ticked."""
    event = get_object_or_404(Event, slug=slug)
    chosen = ChosenForm(request.POST if request.method == "POST" else None)
    if chosen.is_valid():
        try:
            number = asking.invite(by=request.user, event=event, **chosen.cleaned_data)
        except Refused as error:
            chosen.add_error(None, str(error))
        else:
            _say(request, number, len(chosen.cleaned_data["people"]) - number)
            return redirect("events:invitations", slug)
    form = WhomForm(request.GET)
    context = {
        "event": event,
        "form": form,
        "chosen": chosen,
        "at_once": inviting.AT_ONCE,
    }
    if form.is_valid() and any(form.cleaned_data.values()):
        try:
            context["choices"] = inviting.sort(event, _people(form))
        except BrokenRule as broken:
            form.add_error("audience", str(broken))
        else:
            context["mail"] = asking.preview(event)
    wrong = chosen.is_bound or form.errors
    return render(request, "events/invite.html", context, status=422 if wrong else 200)


@requires("events.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    rows = Invitation.objects.select_related("event")
    invitation = get_object_or_404(rows, event__slug=slug, pk=pk)
    if request.method == "POST":
        try:
            asking.withdraw(by=request.user, invitation=invitation)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The invitation is taken back."))
        return redirect("events:invitations", slug)
    context = {"invitation": invitation, "event": invitation.event}
    return render(request, "events/invitation_withdraw.html", context)


def _people(form: WhomForm) -> PersonQuerySet:
    """Raises BrokenRule."""
    audience, words = form.cleaned_data["audience"], form.cleaned_data["words"]
    if audience:
        return audiences.people_in(audience).annotate(sector=sector_of("pk"))
    found = find(words=words, sector="").values_list("pk", flat=True)[:FOUND]
    people = Person.objects.current().filter(pk__in=list(found))
    return people.annotate(sector=sector_of("pk"))


def _say(request: StaffRequest, number: int, others: int) -> None:
    text = _("People invited: %(number)s") % {"number": number}
    messages.success(request, text)
    if others:
        text = _(
            "Not invited, as they were invited meanwhile or can no longer be: %(number)s"
        )
        messages.warning(request, text % {"number": others})
