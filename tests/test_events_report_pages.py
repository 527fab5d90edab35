from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.events.models import Attendance, AttendanceReport
from tests.factories import PNG, make_event, make_registration
from tests.support.reports import FILES, TEN, minutes, read, somebody, zoom

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


class TestPages:
    def url(self, report=None, end=""):
        number = f"{report.pk}/" if report else ""
        return f"/en/events/made-up/reports/{number}{end}"

    def upload(self, client, name="teams.csv", content=None):
        content = content or (FILES / name).read_bytes()
        return client.post(self.url(), {"file": SimpleUploadedFile(name, content)})

    def test_upload_look_apply(self, manager_client, event, sian):
        page = manager_client.get(self.url()).content.decode()
        assert "No report has been read yet." in page
        answer = self.upload(manager_client)
        report = AttendanceReport.objects.get()
        assert answer.url == self.url(report)
        page = manager_client.get(answer.url).content.decode()
        assert "Nothing is changed yet." in page
        assert page.index("Nia Prys") < page.index("Siân Wyn-Jones")
        assert not Attendance.objects.exists()
        manager_client.post(self.url(report, "apply/"))
        assert len(minutes()) == 1
        page = manager_client.get(self.url()).content.decode()
        assert "Participants to resolve: 4" in page

    def test_a_bad_file_names_row_and_column(self, manager_client, event):
        answer = self.upload(manager_client, "teams-bad-duration.csv")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "<td>Duration</td>" in page
        assert '<td class="number">21</td>' in page

    @pytest.mark.parametrize(
        ("name", "content"),
        [("picture.csv", PNG), ("empty.csv", b" "), ("report.xlsx", b"PK")],
    )
    def test_what_is_no_report(self, manager_client, event, name, content):
        answer = self.upload(manager_client, name, content)
        assert answer.status_code == 422
        assert "There is a problem" in answer.content.decode()

    def test_before_the_day_there_is_no_form(self, manager_client):
        soon = make_event(published=True)
        page = manager_client.get(f"/en/events/{soon.slug}/reports/").content.decode()
        assert 'type="file"' not in page

    def test_resolve(self, manager_client, event, sian):
        report = read(event, content=zoom("Nia,", "Bot,", "Sian W,"))
        for name, fields in {
            "Nia": {"what": "new", "name": "Nia", "sector": "public"},
            "Bot": {"what": "ignore"},
            "Sian W": {"what": "registered", "registration": sian.pk},
        }.items():
            url = self.url(report, f"{somebody(report, name).pk}/")
            assert manager_client.get(url).status_code == 200
            assert manager_client.post(url, fields).url == self.url(report)
        assert set(minutes()) == {"Nia", "Sian Wyn-Jones"}
        assert somebody(report, "Bot").ignored

    def test_the_name_is_offered_without_what_teams_adds(self, manager_client, event):
        report = read(event)
        guest = somebody(report, "Llŷr ap Gwilym (Guest)")
        page = manager_client.get(self.url(report, f"{guest.pk}/")).content.decode()
        assert 'value="Llŷr ap Gwilym"' in page

    def test_the_latest_report_is_first(self, manager_client, event):
        read(event, "teams.csv")
        read(event, "zoom.csv")
        page = manager_client.get(self.url()).content.decode()
        assert page.index("zoom.csv") < page.index("teams.csv")

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Say who this is."),
            ({"what": "registered"}, "Choose a registration."),
            ({"what": "new", "name": "Nia"}, "Choose a kind of organisation."),
            (
                {
                    "what": "new",
                    "name": "N",
                    "sector": "public",
                    "email": "s@a.example",
                },
                "This address has registered. Choose that registration.",
            ),
        ],
    )
    def test_resolve_wrongly(self, manager_client, event, fields, said):
        make_registration(event=event, email="s@a.example")
        report = read(event, content=zoom("Nia,"))
        url = self.url(report, f"{report.participants.get().pk}/")
        answer = manager_client.post(url, fields)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_remove(self, manager_client, event, sian):
        report = read(event)
        assert manager_client.get(self.url(report, "undo/")).status_code == 405
        manager_client.post(self.url(report, "undo/"))
        assert minutes() == {}

    def test_a_report_of_another_event_is_not_there(self, manager_client, event):
        report, other = read(event), make_event(slug="other", published=True)
        for end in ("", f"{report.participants.first().pk}/"):
            url = f"/en/events/{other.slug}/reports/{report.pk}/{end}"
            assert manager_client.get(url).status_code == 404

    def test_the_questions_do_not_grow(
        self, manager_client, event, django_assert_max_num_queries
    ):
        people = [make_registration(event=event, name=f"Person {n}") for n in range(30)]
        report = read(event, content=zoom(*(f"{one.name}," for one in people)))
        with django_assert_max_num_queries(9):
            manager_client.get(self.url(report))
        with django_assert_max_num_queries(9):
            manager_client.get(self.url())
        url = self.url(report, f"{report.participants.first().pk}/")
        with django_assert_max_num_queries(9):
            manager_client.get(url)

    def test_in_welsh(self, manager_client, event):
        page = manager_client.get("/cy/events/made-up/reports/").content.decode()
        assert "Adroddiadau presenoldeb" in page
