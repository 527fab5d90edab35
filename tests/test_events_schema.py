"""What an event's page says to machines (schema.org)."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from tests.factories import make_event

pytestmark = pytest.mark.django_db


class Microdata(HTMLParser):
    """{property: [values]} of the whole page, and the types that occur."""

    def __init__(self):
        super().__init__()
        self.found, self.types = {}, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "itemtype" in given:
            self.types.append(given["itemtype"].removeprefix("https://schema.org/"))
        if name := given.get("itemprop"):
            value = given.get("content") or given.get("href")
            self.found.setdefault(name, []).append(value)


def described(client, event):
    parser = Microdata()
    parser.feed(client.get(event.get_absolute_url()).content.decode())
    return parser.found, parser.types


def test_an_event_at_a_venue_and_online(client, study):
    event = make_event(
        published=True,
        study=study,
        title_en='The "Index" & you',
        starts_at=datetime(2027, 7, 1, 9, tzinfo=UTC),
        ends_at=datetime(2027, 7, 1, 10, tzinfo=UTC),
        venue_en="Tŷ Hywel, Cardiff",
        mode="both",
        join_url="https://meet.example.org/secret",
    )
    found, types = described(client, event)
    assert types == ["Event", "Place", "VirtualLocation", "Organization"]
    assert found["name"][0] == 'The "Index" & you'
    assert found["startDate"] == ["2027-07-01T10:00:00+01:00"]
    assert found["endDate"] == ["2027-07-01T11:00:00+01:00"]
    assert found["eventStatus"] == ["https://schema.org/EventScheduled"]
    mode = ["https://schema.org/MixedEventAttendanceMode"]
    assert found["eventAttendanceMode"] == mode
    assert found["address"] == ["Tŷ Hywel, Cardiff"]
    assert found["inLanguage"] == ["cy", "en"]
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"status": "cancelled"}, "eventStatus", "EventCancelled"),
        ({"status": "not_held"}, "eventStatus", "EventCancelled"),
        ({"mode": "online"}, "eventAttendanceMode", "OnlineEventAttendanceMode"),
        ({"mode": "venue"}, "eventAttendanceMode", "OfflineEventAttendanceMode"),
    ],
)
def test_how_it_stands(client, fields, name, value):
    found, _ = described(client, make_event(**{"status": "held"} | fields))
    assert found[name] == [f"https://schema.org/{value}"]


def test_an_event_in_one_language(client):
    found, _ = described(client, make_event(status="held", languages="cy"))
    assert found["inLanguage"] == ["cy"]


def test_what_has_no_day_says_nothing(client):
    _, types = described(client, make_event(status="held", starts_at=None))
    assert types == []
