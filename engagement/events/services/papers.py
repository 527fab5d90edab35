"""What is printed for the day: tickets, name badges and the sign-in sheet, tagged."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone

from engagement.core import pdf
from engagement.core.bilingual import active
from engagement.events.models import Event, Registration
from engagement.events.services import tickets

STYLES = ["events/papers.css"]
# What is set in about two seconds; the rest is in further files.
TICKETS, BADGES = 80, 200
LINES_TO_WRITE_ON = 20


class Part(NamedTuple):
    """One of several files: it has the people from `first` to `last`."""

    number: int
    first: int
    last: int


def parts(number: int, most: int) -> list[Part]:
    """At least one, for nobody too."""
    return [
        Part(n, first + 1, min(first + most, number))
        for n, first in enumerate(range(0, max(number, 1), most), start=1)
    ]


def ticket(registration: Registration) -> bytes:
    """In the reader's language. Raises pdf.NoPdf."""
    return _tickets(registration.event, [registration], active())


def all_tickets(event: Event, part: int) -> bytes:
    """Each in the language of who has it. Raises pdf.NoPdf."""
    return _tickets(event, _slice(event, part, TICKETS))


def badges(event: Event, part: int) -> bytes:
    """Ten to a page, to be cut. Raises pdf.NoPdf."""
    people = _slice(event, part, BADGES)
    return _make("badges", event, {"people": people})


def sheet(event: Event) -> bytes:
    """Everybody by name with a box each, and lines for who walks in. Raises pdf.NoPdf."""
    lines = range(LINES_TO_WRITE_ON)
    return _make("sheet", event, {"people": _people(event), "lines": lines})


def _tickets(event: Event, people: Iterable[Registration], language: str = "") -> bytes:
    rows = [(one, language or one.language, tickets.code(one)) for one in people]
    return _make("tickets", event, {"rows": rows})


def _make(name: str, event: Event, context: dict[str, object]) -> bytes:
    shared = {"event": event, "lang": active(), "now": timezone.now()}
    made = pdf.make(f"events/{name}_pdf.html", shared | context, styles=STYLES)
    return made.content


def _slice(event: Event, part: int, most: int) -> list[Registration]:
    return _people(event)[(part - 1) * most : part * most]


def _people(event: Event) -> list[Registration]:
    """Those with a place, as names stand in an index: accents and capitals aside."""
    return sorted(event.registrations.live(), key=by_name)


def by_name(one: Registration) -> tuple[str, int]:
    return unicodedata.normalize("NFKD", one.name).casefold(), one.pk
