"""Events as calendars have them (RFC 5545; RFC 7986 for names and joining online).

The same events give the same bytes: every moment in a file of the site is a stored one.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import icalendar
from django.conf import settings

from engagement.events.models import Event, Invitation, Registration
from engagement.events.services import calendar_words, times, zones

PRODID = "-//Dolen//Events//EN"
# How often a program should ask for a feed again.
AGAIN_AFTER = timedelta(hours=6)
State, Status = Registration.State, Event.Status
STATUSES = {
    Status.PROPOSED: "TENTATIVE",
    Status.PLANNED: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
    Status.NOT_HELD: "CANCELLED",
}


def of_event(event: Event, lang: str) -> bytes:
    """A file for whoever looks at the page: it names nobody."""
    return _file([_public(event, lang)], method="PUBLISH")


def of_events(events: Iterable[Event], *, name: str, lang: str) -> bytes:
    """A feed. It says what is on, and makes nobody's day a busy one."""
    entries = [_public(event, lang) for event in events]
    for entry in entries:
        entry.add("transp", "TRANSPARENT")
    return _file(entries, name=name)


def of_person(registrations: Iterable[Registration], *, name: str, lang: str) -> bytes:
    """A feed of somebody's own events, with how to join those they have a place at."""
    return _file([of_registration(one, [lang]) for one in registrations], name=name)


def for_invitation(invitation: Invitation, *, method: str, at: datetime) -> str:
    """As `for_mail`, for whoever has not answered yet: they answer by the link."""
    first, event = invitation.language, invitation.event
    entry = _entry(event, [first, "cy" if first == "en" else "en"], joining=False)
    entry["dtstamp"] = icalendar.vDDDTypes(at.astimezone(UTC))
    if method == "CANCEL" and event.status != Status.CANCELLED:
        del entry["status"]
    entry.add("attendee", _attendee(invitation, "NEEDS-ACTION"))
    return _file([entry], method=method).decode()


def for_mail(registration: Registration, *, method: str, at: datetime) -> str:
    """What a mail carries, written at that moment: both languages, the reader's first."""
    first = registration.language
    entry = of_registration(registration, [first, "cy" if first == "en" else "en"])
    entry["dtstamp"] = icalendar.vDDDTypes(at.astimezone(UTC))
    if method == "CANCEL" and registration.event.status != Status.CANCELLED:
        # RFC 5546, 3.2.5: the event goes on, without this person.
        del entry["status"]
    return _file([entry], method=method).decode()


def of_registration(
    registration: Registration, langs: Sequence[str]
) -> icalendar.Event:
    event = registration.event
    place = registration.state == State.PLACE
    calls_off = event.status in (Status.CANCELLED, Status.NOT_HELD)
    entry = _entry(event, langs, joining=place and not calls_off)
    entry["sequence"] = icalendar.vInt(event.sequence + registration.sequence)
    if not (place or calls_off):
        entry["status"] = icalendar.vText("TENTATIVE")
    attendee = _attendee(registration, "ACCEPTED" if place else "TENTATIVE")
    entry.add("attendee", attendee)
    return entry


def _attendee(one: Registration | Invitation, partstat: str) -> icalendar.vCalAddress:
    attendee = icalendar.vCalAddress(f"mailto:{one.email}")
    attendee.params["CN"] = one.name or one.email
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = partstat
    # Nobody reads what their calendar would write back.
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _public(event: Event, lang: str) -> icalendar.Event:
    return _entry(event, [lang], joining=False)


def _entry(event: Event, langs: Sequence[str], *, joining: bool) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", str(event.uid))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.updated_at)
    entry.add("created", event.created_at)
    entry.add("last-modified", event.updated_at)
    _add_times(entry, event)
    words = calendar_words.of(event, langs, joining=joining)
    for name, text in words.texts.items():
        if text:
            entry.add(name, text, parameters={"language": langs[0]})
    entry.add("categories", words.categories)
    entry.add("url", words.url)
    entry.add("status", STATUSES.get(Status(event.status), "CONFIRMED"))
    entry.add("organizer", _organizer())
    if joining and event.join_url:
        conference = icalendar.vUri(event.join_url)
        conference.params["VALUE"] = "URI"
        entry.add("conference", conference)
    return entry


def _add_times(entry: icalendar.Event, event: Event) -> None:
    if event.starts_at is None:
        entry.add("dtstart", event.starts_on)
        return
    entry.add("dtstart", _moment(event, event.starts_at))
    if event.ends_at:
        entry.add("dtend", _moment(event, event.ends_at))


def _moment(event: Event, at: datetime) -> datetime:
    """By the clock of the place; where an hour comes twice, in UTC: RFC 5545, 3.3.5,
    means the first of them, and not all programs do."""
    local = at.astimezone(event.zone)
    return at.astimezone(UTC) if times.comes_twice(local) else local


def _organizer() -> icalendar.vCalAddress:
    name, address = parseaddr(settings.MAIL_FROM)
    organizer = icalendar.vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    return organizer


def _file(
    entries: Sequence[icalendar.Event], *, name: str = "", method: str = ""
) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", AGAIN_AFTER, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(entry)
    years = {entry.decoded("dtstart").year for entry in entries}
    for name in sorted(calendar.get_missing_tzids()):
        zone = zones.component(name, min(years) - 1, max(years) + 1)
        calendar.subcomponents.insert(0, zone)
    return bytes(calendar.to_ical())
