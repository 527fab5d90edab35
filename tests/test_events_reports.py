"""Attendance reports: shown, applied whole, resolved, undone."""

import json
from datetime import timedelta
from time import process_time

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import (
    Attendance,
    AttendanceReport,
    Participant,
    Registration,
)
from engagement.events.services import attendances, participants, reports
from engagement.people.models import EmailAddress, Person
from engagement.people.services import retention as nights
from tests.factories import make_event, make_person, make_registration
from tests.support.reports import FILES, HEAD, TEN, minutes, read, somebody, zoom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day_after():
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def event():
    ends = TEN + timedelta(minutes=90)
    return make_event(
        slug="made-up", published=True, starts_at=TEN, ends_at=ends, capacity=3
    )


@pytest.fixture
def sian(event):
    return make_registration(
        event=event, name="Sian Wyn-Jones", email="Sian@cyngor.example"
    )


@pytest.fixture
def owen(event):
    """Registered with another address than he joins with."""
    person = make_person(email="owen.wyn@home.example")
    EmailAddress.of(person, "owen@elusen.example").save()
    return make_registration(
        event=event, name="O. Wyn", email=person.email, person=person
    )


class TestMatching:
    def test_by_address_alias_and_name(self, event, sian, owen):
        llyr = make_registration(event=event, name="LLYR AP GWILYM")
        report = read(event)
        assert minutes() == {
            "Sian Wyn-Jones": (75, "report"),
            "O. Wyn": (45, "report"),
            "LLYR AP GWILYM": (50, "report"),
        }
        assert somebody(report, "Llŷr ap Gwilym (Guest)").registration == llyr
        unknown = report.participants.filter(registration=None).values_list("name")
        assert {name for (name,) in unknown} == {"Nia Prys", "Recorder Bot"}

    def test_a_name_that_two_have_is_nobodys(self, event):
        make_registration(event=event, name="Ann Wyn")
        make_registration(event=event, name="Wyn, Ann")
        read(event, content=zoom("Ann Wyn,"))
        assert minutes() == {}

    def test_nor_is_one_that_two_join_with(self, event):
        make_registration(event=event, name="Ann Wyn")
        read(event, content=zoom("Ann Wyn,a@a.example", "Ann Wyn,b@b.example"))
        assert minutes() == {}

    def test_two_devices_one_without_an_address_count_once(self, event):
        one = make_registration(event=event, name="Ann Wyn", email="a@a.example")
        report = read(event, content=zoom("Ann Wyn,a@a.example", "Ann Wyn (Ann),"))
        assert report.participants.filter(registration=one).count() == 2
        assert minutes() == {"Ann Wyn": (30, "report")}

    def test_who_cancelled_is_left_to_be_resolved(self, event):
        make_registration(event=event, email="a@a.example", state="cancelled")
        report = read(event, content=zoom("Ann,a@a.example"))
        assert report.participants.get().registration is None
        assert minutes() == {}

    def test_who_waited_and_was_there_had_a_place(self, event):
        one = make_registration(event=event, email="a@a.example", state="waiting")
        read(event, content=zoom("Ann,a@a.example"))
        one.refresh_from_db()
        assert one.state == "place"


class TestApplying:
    def test_nothing_is_marked_before(self, event, sian):
        content = (FILES / "teams.csv").read_bytes()
        report = reports.upload(by=None, event=event, name="a.csv", content=content)
        assert report.participants.count() == 5
        assert somebody(report, "Siân Wyn-Jones").registration == sian
        assert not Attendance.objects.exists()

    def test_who_cancels_in_between_is_not_marked(self, event, sian):
        content = (FILES / "teams.csv").read_bytes()
        report = reports.upload(by=None, event=event, name="a.csv", content=content)
        Registration.objects.update(state="cancelled", cancelled_at=timezone.now())
        reports.apply(by=None, report=report)
        assert not Attendance.objects.exists()
        assert somebody(report, "Siân Wyn-Jones").registration is None

    def test_the_same_file_twice_changes_nothing(self, event, sian):
        first = read(event)
        entries = Entry.objects.count()
        again, fresh = reports.read_now(
            by=None,
            event=event,
            name="copy.csv",
            content=(FILES / "teams.csv").read_bytes(),
        )
        assert (again, fresh) == (first, False)
        assert Participant.objects.count() == 5
        assert Entry.objects.count() == entries
        assert minutes() == {"Sian Wyn-Jones": (75, "report")}

    def test_a_mark_by_hand_stays_and_gets_minutes(self, event, sian):
        attendances.mark(by=None, event=event, came=[sian.pk])
        report = read(event)
        assert minutes() == {"Sian Wyn-Jones": (75, "list")}
        reports.undo(by=None, report=report)
        assert minutes() == {"Sian Wyn-Jones": (None, "list")}

    def test_two_reports_are_joined(self, event, sian):
        """Zoom has her from 10:00 to 11:00, Teams until 10:40 and from 10:55 on."""
        read(event, "teams.csv")
        zoom_ = read(event, "zoom.csv")
        assert minutes()["Sian Wyn-Jones"] == (90, "report")
        reports.undo(by=None, report=zoom_)
        assert minutes()["Sian Wyn-Jones"] == (75, "report")

    def test_a_bad_file_leaves_nothing(self, event, sian):
        with pytest.raises(reports.report_reading.BadReport):
            read(event, "teams-bad-duration.csv")
        assert not AttendanceReport.objects.exists()

    def test_not_before_the_day(self):
        with pytest.raises(attendances.NotYet):
            read(make_event(published=True, days_ahead=3))

    def test_who_was_there_only_before_it_did_not_come(self, event):
        one = make_registration(event=event, name="Early Bird")
        early = "Early Bird,,11/23/2026 09:00:00,11/23/2026 09:30:00,30\n"
        report = read(event, content=zoom("Ann,") + early.encode())
        assert somebody(report, "Early Bird").registration == one
        assert minutes() == {}


class TestResolving:
    def test_choose_and_be_remembered(self, event):
        one = make_registration(event=event, name="Elinor")
        first = read(event, content=zoom("Nell,nell@a.example"))
        participants.choose(
            by=None, participant=first.participants.get(), registration=one
        )
        assert minutes() == {"Elinor": (30, "report")}
        later = "Nell,NELL@a.example,11/23/2026 11:00:00,11/23/2026 11:10:00,10\n"
        second = read(event, content=(HEAD + later).encode())
        assert second.participants.get().registration == one
        assert minutes() == {"Elinor": (40, "report")}

    def test_ignored_is_remembered_too(self, event):
        first = read(event, content=zoom("Recorder,"))
        participants.ignore(by=None, participant=first.participants.get())
        second = read(event, content=zoom("Recorder,", "Ann,"))
        assert somebody(second, "Recorder").ignored
        assert not somebody(second, "Ann").ignored

    def test_a_change_of_mind_takes_the_mark_along(self, event):
        one, other = (make_registration(event=event) for _ in range(2))
        report = read(event, content=zoom("Nell,"))
        nell = report.participants.get()
        participants.choose(by=None, participant=nell, registration=one)
        participants.choose(by=None, participant=nell, registration=other)
        assert minutes() == {other.name: (30, "report")}

    def make(self, report, **fields):
        values = {"name": "Nia Prys", "email": "", "organisation": "", "function": ""}
        return participants.make(
            by=None,
            participant=report.participants.get(),
            **values | {"sector": "voluntary"} | fields,
        )

    def test_make_one_although_the_event_is_full(self, event):
        for _ in range(3):
            make_registration(event=event)
        report = read(event, content=zoom("Nia,"))
        made = self.make(report, email="nia@a.example", function="policy")
        made.refresh_from_db()
        assert (made.state, made.source, made.function) == ("place", "import", "policy")
        assert made.person == Person.objects.get(email="nia@a.example")
        assert minutes() == {"Nia Prys": (30, "report")}

    def test_who_has_registered_is_chosen_instead(self, event, sian):
        report = read(event, content=zoom("Nia,"))
        Registration.objects.update(email="nia@a.example")
        with pytest.raises(participants.AlreadyRegistered):
            self.make(report, email="nia@a.example")
        assert Registration.objects.count() == 1

    def test_undo_takes_back_what_only_it_had_made(self, event, sian):
        report = read(event, content=zoom("Nia,", "Siân,sian@cyngor.example"))
        participants.make(
            by=None,
            participant=somebody(report, "Nia"),
            name="Nia",
            email="",
            organisation="",
            sector="public",
            function="",
        )
        assert len(minutes()) == 2
        reports.undo(by=None, report=report)
        assert minutes() == {}
        assert not AttendanceReport.objects.exists()
        states = Registration.objects.values_list("name", "state")
        assert set(states) == {("Nia", "cancelled"), ("Sian Wyn-Jones", "place")}
        with pytest.raises(reports.Undone):
            reports.apply(by=None, report=report)

    def test_not_with_a_registration_of_another_event(self, event):
        report = read(event, content=zoom("Nia,"))
        with pytest.raises(participants.NotOfThisEvent):
            participants.choose(
                by=None,
                participant=report.participants.get(),
                registration=make_registration(),
            )

    def test_not_before_it_is_applied(self, event):
        report = reports.upload(
            by=None, event=event, name="a.csv", content=zoom("Nia,")
        )
        with pytest.raises(participants.NotApplied):
            participants.ignore(by=None, participant=report.participants.get())


def test_the_trail_names_nobody(event, sian):
    report = read(event)
    participants.ignore(by=None, participant=somebody(report, "Recorder Bot"))
    reports.undo(by=None, report=report)
    words = json.dumps(list(Entry.objects.values("target", "detail")))
    assert "Recorder" not in words
    assert "Wyn" not in words


def test_names_go_after_a_season_and_minutes_stay(event, sian):
    report, shown = read(event), zoom("Ann,")
    reports.upload(by=None, event=event, name="a.csv", content=shown)
    for days in (80, 90):
        nights.night(by=None, at=TEN + timedelta(days=days))
    assert Participant.objects.filter(name="Ann").exists()
    for days in (92, 100):
        nights.night(by=None, at=TEN + timedelta(days=days))
    assert AttendanceReport.objects.get() == report
    assert set(Participant.objects.values_list("name", "email")) == {("", "")}
    assert minutes() == {"Sian Wyn-Jones": (75, "report")}


@pytest.mark.slow
def test_ten_thousand_participants_are_read_in_half_a_minute(event):
    Registration.objects.bulk_create(
        Registration(
            event=event,
            reference=f"R{number}",
            name=f"Person {number}",
            email=f"p{number}@a.example",
            sector="public",
            language="en",
        )
        for number in range(5_000)
    )
    content = zoom(
        *(f"Person {number},p{number}@a.example" for number in range(10_000))
    )
    began = process_time()
    report = read(event, content=content)
    assert report.participants.count() == 10_000
    assert Attendance.objects.filter(minutes=30).count() == 5_000
    assert process_time() - began < 30
