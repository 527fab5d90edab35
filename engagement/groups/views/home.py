"""The home of whoever sits in a group. What is not theirs is not there: a 404 page."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.bilingual import active
from engagement.core.errors import Refused
from engagement.events.services import invitations
from engagement.groups import mine
from engagement.groups.forms_member import DoneForm, NameForm, ReplyForm
from engagement.groups.models import Group, Meeting
from engagement.groups.services import actions, naming, replies

signed_in = requires("accounts.sign_in")


@signed_in
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    return _show(request)


@signed_in
@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.in_terms_of(request.user).select_related("event")
    meeting = get_object_or_404(rows, pk=pk)
    asked = mine.invitations(request.user).select_related("event", "person")
    invitation = get_object_or_404(asked, event=meeting.event_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    said = form.cleaned_data["answer"]
    try:
        replies.reply(
            by=request.user, meeting=meeting, invitation=invitation, answer=said
        )
    except replies.MoreToSay as more:
        messages.info(request, str(more))
        page = "invited_deputy" if said == "deputy" else "invitation"
        return redirect(f"events:{page}", invitations.link(invitation))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We have your answer. Thank you."))
    return redirect("groups:home")


@signed_in
@require_POST
def done(request: StaffRequest, pk: int) -> HttpResponse:
    action = get_object_or_404(mine.owed(request.user), pk=pk)
    form = DoneForm(request.POST, action=action)
    if not form.is_valid():
        return _show(request, form)
    words = form.cleaned_data["outcome"]
    try:
        actions.report_done(
            by=request.user, action=action, words=words, language=active()
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The action is done. Thank you."))
    return redirect("groups:home")


@signed_in
@require_POST
def name(request: StaffRequest, slug: str) -> HttpResponse:
    """Whether the public may know their name; consent is theirs alone."""
    group = get_object_or_404(Group.objects.for_user(request.user), slug=slug)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    named = form.cleaned_data["named"] == NameForm.YES
    try:
        naming.say(by=request.user, group=group, named=named)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("Your name is shown.") if named else _("Your name is not shown.")
        messages.success(request, said)
    return redirect("groups:home")


def _show(request: StaffRequest, form: Form | None = None) -> HttpResponse:
    found = mine.home(request.user)
    bound = {form.action.pk: form} if isinstance(form, DoneForm) else {}
    context = {
        "home": found,
        "owed": [
            (row, bound.get(row.pk) or DoneForm(action=row)) for row in found.actions
        ],
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "groups/home.html", context, status=422 if form else 200)
