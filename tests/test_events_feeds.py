"""Feeds of events: for calendars (RFC 5545) and readers (RFC 4287)."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
import time_machine

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.events.models import CalendarLink
from engagement.events.services import registrations
from tests.factories import make_event, make_study
from tests.support.calendars import read

pytestmark = pytest.mark.django_db


def titles(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar, entries = read(answer.content)
    assert "method" not in calendar
    return {str(entry["summary"]): str(entry["status"]) for entry in entries}


def test_all_that_the_public_may_find(client, manager_client):
    make_event(title_en="Open", published=True)
    make_event(title_en="Called off", status="cancelled")
    make_event(title_en="Secret", status="draft")
    for each in (client, manager_client):
        assert titles(each, "/en/events.ics") == {
            "Open": "CONFIRMED",
            "Called off": "CANCELLED",
        }


def test_an_empty_feed_can_be_read(client):
    assert titles(client, "/cy/events.ics") == {}


def test_has_a_name_and_is_asked_for_again(client):
    make_event(published=True)
    calendar, [entry] = read(client.get("/cy/events.ics").content)
    assert calendar["x-wr-calname"] == "Digwyddiadau Dolen"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert entry["transp"] == "TRANSPARENT"


def test_is_filtered_as_the_page_is(client, study):
    december = datetime(2027, 12, 31, 23, tzinfo=UTC)
    fields = {"status": "held", "study": study, "kind": "training", "mode": "online"}
    make_event(title_en="This", languages="cy", starts_at=december, **fields)
    for name, other in {
        "study": make_study(),
        "kind": "briefing",
        "mode": "venue",
        "languages": "en",
        "starts_at": december + timedelta(hours=1),
    }.items():
        make_event(**fields | {"languages": "both", "starts_at": december, name: other})
    query = f"study={study.slug}&kind=training&mode=online&language=cy&month=2027-12"
    assert set(titles(client, f"/en/events.ics?{query}")) == {"This"}
    page = client.get(f"/en/events/?{query}").content.decode()
    assert page.count('class="card"') == 1
    assert "This" in page
    assert f"/en/events.ics?{query.replace('&', '&amp;')}" in page
    assert "webcal://127.0.0.1:8000/en/events.ics?" in page


@pytest.mark.parametrize("path", ["events.ics", "events.atom"])
def test_says_when_a_filter_is_not_known(client, path):
    answer = client.get(f"/en/{path}?month=2027-13&kind=party")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "text/plain"


def test_a_study_has_its_own(client, study):
    make_event(title_en="Ours", published=True, study=study)
    make_event(title_en="Theirs", published=True)
    path = f"/en/studies/{study.slug}/events.ics"
    assert set(titles(client, path)) == {"Ours"}
    assert path in client.get(f"/en/studies/{study.slug}/").content.decode()
    assert client.get("/en/studies/none/events.ics").status_code == 404


@pytest.mark.parametrize("path", ["events.ics", "events.atom", "events/{}.ics"])
def test_what_has_not_changed_is_not_sent_again(client, path):
    event = make_event(published=True)
    url = f"/en/{path.format(event.slug)}"
    first = client.get(url)
    same = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get(url, **same).status_code == 304
    since = {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}
    assert client.get(url, **since).status_code == 304
    with time_machine.travel(event.updated_at + timedelta(hours=1)):
        event.title_en = "Renamed"
        event.save()
    for headers in (same, since):
        again = client.get(url, **headers)
        assert again.status_code == 200
        assert b"Renamed" in again.content


def test_what_changes_as_time_passes_has_no_time_of_change(client):
    event = make_event(published=True)
    first = client.get("/en/events.ics?section=1")
    assert "Last-Modified" not in first
    with time_machine.travel(event.starts_at + timedelta(days=1)):
        again = client.get(
            "/en/events.ics?section=1", headers={"If-None-Match": first["ETag"]}
        )
    assert again.status_code == 200


@pytest.mark.parametrize("path", ["events.ics", "events.atom"])
def test_costs_the_same_for_many(client, study, django_assert_max_num_queries, path):
    for _ in range(12):
        make_event(published=True, study=study)
    with django_assert_max_num_queries(1):
        client.get(f"/en/{path}")


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_atom_has_all_that_the_standard_requires(client, lang):
    event = make_event(published=True, title_cy="Dŵr & <thŷ>", title_en="Dŵr & <thŷ>")
    make_event(status="draft")
    answer = client.get(f"/{lang}/events.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.version == "atom10"
    own = f"http://127.0.0.1:8000/{lang}/events.atom"
    links = {(each.rel, each.get("hreflang")): each.href for each in read.feed.links}
    assert links["self", None] == read.feed.id == own
    other = {"en": "cy", "cy": "en"}[lang]
    assert links["alternate", other] == own.replace(f"/{lang}/", f"/{other}/")
    [entry] = read.entries
    assert entry.title == "Dŵr & <thŷ>"
    assert entry.id.startswith("urn:uuid:")
    assert entry.link.endswith(f"/{lang}/events/{event.slug}/")
    assert entry.updated_parsed
    assert entry.summary


def test_the_id_outlives_the_address_and_each_language_has_its_own(client):
    event = make_event(published=True)

    def id_in(lang):
        return (
            feedparser.parse(client.get(f"/{lang}/events.atom").content).entries[0].id
        )

    before = id_in("en")
    event.slug = "moved"
    event.save()
    assert id_in("en") == before != id_in("cy")


@pytest.fixture
def registration():
    return register(make_event(published=True, title_en="Mine"), "ann@example.org")


def register(event, email):
    return registrations.register(
        by=None,
        event=event,
        language="en",
        name="Ann Example",
        email=email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def ask(client, registration, **data):
    token = tokens.make("registration", str(registration.pk))
    return client.post(f"/en/events/registration/{token}/calendar/", data)


def mailed(deliver_mail):
    mail = deliver_mail()[-1]
    assert mail["To"] == "ann@example.org"
    words = mail.get_body(("plain",)).get_content().split()
    [address, *_] = [word for word in words if "/en/events/mine/" in word]
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_person_has_their_own_and_sees_nobody_elses(
    client, registration, deliver_mail
):
    event = make_event(
        published=True, title_en="Also mine", join_url="https://meet.example.org/x"
    )
    register(event, "ann@example.org")
    register(make_event(published=True, title_en="Theirs"), "ben@example.org")
    gone = register(make_event(published=True, title_en="Left"), "ann@example.org")
    registrations.cancel(by=None, registration=gone)
    assert ask(client, registration).status_code == 302
    path = mailed(deliver_mail)
    answer = client.get(path)
    _, entries = read(answer.content)
    assert {str(one["summary"]) for one in entries} == {"Mine", "Also mine"}
    assert {str(one["attendee"]) for one in entries} == {"mailto:ann@example.org"}
    assert b"meet.example.org/x" in answer.content
    assert answer["Cache-Control"] == "private"
    same = {"HTTP_IF_NONE_MATCH": answer["ETag"]}
    assert client.get(path, **same).status_code == 304
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3000)):
        assert client.get(path).status_code == 200


def test_who_waits_is_not_shown_as_coming(client, registration, deliver_mail):
    registration.state = "waiting"
    registration.event.join_url = "https://meet.example.org/x"
    registration.event.save()
    registration.save()
    ask(client, registration)
    answer = client.get(mailed(deliver_mail))
    _, [entry] = read(answer.content)
    assert entry["status"] == entry["attendee"].params["PARTSTAT"] == "TENTATIVE"
    assert b"meet.example.org" not in answer.content


def test_the_page_does_not_show_the_link(client, registration):
    ask(client, registration)
    token = tokens.make("registration", str(registration.pk))
    page = client.get(f"/en/events/registration/{token}/").content.decode()
    assert "We have written to you with the link." in page
    assert "/events/mine/" not in page


def test_asking_again_gives_the_same_and_a_new_one_stops_it(
    client, registration, deliver_mail
):
    ask(client, registration)
    first = mailed(deliver_mail)
    ask(client, registration)
    assert CalendarLink.objects.count() == 1
    assert client.get(first).status_code == 200
    ask(client, registration, renew="1")
    second = mailed(deliver_mail)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    entry = Entry.objects.filter(action="calendar_link.sent").first()
    assert "Ann" not in str(entry.detail)


def test_nobody_is_flooded_with_links(client, registration):
    found = [ask(client, registration).status_code for _ in range(6)]
    assert found == [302] * 5 + [429]


@pytest.mark.usefixtures("own_clock")
def test_a_guessed_link_is_refused_and_guessing_is_limited(client, registration):
    wrong = tokens.make("registration", registration.pk)
    found = [client.get(f"/en/events/mine/{wrong}.ics").status_code for _ in range(21)]
    assert found == [404] * 20 + [429]


def test_an_erased_person_has_no_calendar(client, registration, deliver_mail):
    ask(client, registration)
    path = mailed(deliver_mail)
    CalendarLink.objects.all().delete()
    assert client.get(path).status_code == 404
    registration.person = None
    registration.save()
    ask(client, registration)
    assert not CalendarLink.objects.exists()


def test_asking_for_it_takes_a_post(client, registration):
    token = tokens.make("registration", str(registration.pk))
    url = f"/en/events/registration/{token}/calendar/"
    assert client.get(url).status_code == 405
    assert client.post("/en/events/registration/x/calendar/").status_code == 404
