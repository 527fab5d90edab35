"""What the script of the door's page sends, and what it asks for every few seconds."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagement.accounts.requests import StaffRequest
from engagement.core import bilingual
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.events.forms.door import words
from engagement.events.models import Event, Registration
from engagement.events.services import doors


@requires("events.manage")
@never_cache
@require_POST
def said(request: StaffRequest, slug: str) -> JsonResponse:
    """What a device has kept, as a list in JSON. Answers whom each word is about, by its
    key, and how all of it stands."""
    event = get_object_or_404(Event, slug=slug)
    try:
        whose = doors.apply(
            by=request.user,
            event=event,
            words=words(json.loads(request.body)),
            language=bilingual.active(),
        )
    except Refused as error:
        return _not_taken(str(error))
    except (ValueError, ValidationError, RecursionError):
        return _not_taken(_("This was not understood. Load the page again."))
    about = {str(key): pk for key, pk in whose.items()}
    return JsonResponse({"words": about} | _standing(request, event))


@requires("events.manage")
@never_cache
@require_safe
def news(request: StaffRequest, slug: str) -> JsonResponse:
    """How all of it stands, for a device that has nothing to say."""
    event = get_object_or_404(Event, slug=slug)
    return JsonResponse(_standing(request, event))


def _not_taken(text: str) -> JsonResponse:
    return JsonResponse({"error": text}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _standing(request: HttpRequest, event: Event) -> dict[str, Any]:
    """Everybody's state, and the names of those whom the device does not know yet."""
    asked = request.GET.get("known", "")
    known = int(asked) if asked.isascii() and asked.isdecimal() else 0
    people = list(event.registrations.at_the_door())
    return {
        "now": int(timezone.now().timestamp() * 1000),
        "states": {one.pk: one.at_door for one in people},
        "people": [_row(one) for one in people if one.pk > known],
    }


def _row(one: Registration) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "organisation": one.organisation,
        "reference": one.reference,
    }
