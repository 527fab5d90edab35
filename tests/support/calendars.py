"""A calendar file as three libraries that are not ours read it."""

import warnings
from datetime import UTC

import icalendar
import ics
import vobject
import vobject.icalendar


def read(content):
    """The entries, once all three agree on what, when and in which state."""
    raw = content if isinstance(content, bytes) else content.encode()
    check_lines(raw)
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors
    entries = calendar.walk("VEVENT")
    # It would read this file by the clock of the last one that had a place of that name.
    known = vars(vobject.icalendar)["__tzidMap"]
    for name in set(known) - {"UTC"}:
        del known[name]
    whole = vobject.readOne(raw.decode())
    theirs = getattr(whole, "vevent_list", [])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        others = {event.uid: event for event in ics.Calendar(raw.decode()).events}
    assert len(entries) == len(theirs) == len(others)
    for entry, their in zip(entries, theirs, strict=True):
        other = others[str(entry["uid"])]
        assert str(entry["uid"]) == their.uid.value
        assert str(entry["summary"]) == their.summary.value == other.name
        start = entry.decoded("dtstart")
        if not hasattr(start, "tzinfo"):
            assert start == their.dtstart.value == other.begin.date()
            assert other.all_day
            continue
        moments = [start, their.dtstart.value, other.begin.datetime]
        assert len({at.astimezone(UTC) for at in moments}) == 1, moments
        if "dtend" in entry:
            ends = [entry.decoded("dtend"), their.dtend.value, other.end.datetime]
            assert len({at.astimezone(UTC) for at in ends}) == 1, ends
    return calendar, entries


def check_lines(raw):
    """RFC 5545, 3.1: CRLF, and no line over 75 octets, cut between letters."""
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()
