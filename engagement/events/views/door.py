"""The door: a page for a phone."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.models import User
from engagement.accounts.requests import StaffRequest
from engagement.core import bilingual
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.door import FindForm, pressed
from engagement.events.models import Event, Registration
from engagement.events.services import doors, papers
from engagement.people.models import Sector
from engagement.people.services.likeness import fold


@requires("events.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: StaffRequest, slug: str) -> HttpResponse:
    """The list, and each name on it a button; a POST is one of them pressed, where no
    script sends what it has kept (`door_words.said`)."""
    event = get_object_or_404(Event, slug=slug)
    if request.method == "POST":
        press(request, event, request.POST.dict())
        return redirect(request.get_full_path())
    form = FindForm(request.GET)
    wanted = fold(form.cleaned_data["q"]).split() if form.is_valid() else []
    known = event.registrations.at_the_door()
    people = sorted(known, key=papers.by_name) if event.takes_attendance else []
    context = {
        "event": event,
        "form": form,
        "people": [one for one in people if _is_found(one, wanted)],
        "inside": sum(one.at_door == "in" for one in people),
        "expected": sum(one.at_door in {"in", "due"} for one in people),
        "last": max((one.pk for one in people), default=0),
        "sectors": Sector.choices,
        "key": uuid.uuid4(),
        **_papers(event),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "events/door.html", context, status=status)


@requires("events.manage")
@require_safe
def worker(request: StaffRequest, slug: str) -> HttpResponse:
    """The script that keeps the page of this door for when there is no network. It is
    given out below the page's address, so it sees no other page."""
    path = Path(str(finders.find("events/door_worker.js")))
    return HttpResponse(path.read_bytes(), content_type="text/javascript")


def _papers(event: Event) -> dict[str, list[papers.Part]]:
    number = event.registrations.live().count()
    return {
        "badge_parts": papers.parts(number, papers.BADGES),
        "ticket_parts": papers.parts(number, papers.TICKETS),
    }


def _is_found(one: Registration, wanted: list[str]) -> bool:
    words = f"{fold(one.name)} {fold(one.organisation)} {one.reference.lower()}"
    return all(part in words for part in wanted)


def press(request: HttpRequest, event: Event, data: Mapping[str, str]) -> None:
    """One word, as the buttons of a page send it; says what came of it."""
    form = pressed(data)
    if not form.is_valid():
        messages.error(request, _("This was not understood. Load the page again."))
        return
    try:
        whose = doors.apply(
            by=cast("User", request.user),
            event=event,
            words=[form.word()],
            language=bilingual.active(),
        )
    except Refused as error:
        messages.error(request, str(error))
        return
    about = event.registrations.at_the_door().filter(
        pk__in=[pk for pk in whose.values() if pk]
    )
    _tell(request, about.first(), form.cleaned_data["action"])


def _tell(request: HttpRequest, about: Registration | None, action: str) -> None:
    if action == "undo":
        messages.success(request, _("The check-in is undone."))
    elif about is None:
        messages.error(request, _("This person is not on the list of this event."))
    elif about.at_door == "in":
        messages.success(request, _("Checked in."))
    else:
        text = _("This registration was cancelled. Let them in if they have come.")
        messages.error(request, text)
