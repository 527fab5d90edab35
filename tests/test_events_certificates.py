"""Certificates of attendance: read back from the PDF, and checked by their code."""

from io import BytesIO

import pypdf
import pytest

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.events.models import Attendance
from engagement.events.services import certificates
from tests.factories import make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(
        slug="made-up",
        status="held",
        days_ahead=-1,
        title_en="What the ranks mean",
        title_cy="Ystyr y rhestri",
    )


@pytest.fixture
def sian(event):
    return make_registration(event=event, name="Siân Wyn-Jones")


@pytest.fixture
def came(sian):
    return Attendance.objects.create(registration=sian, minutes=75)


def link(registration, lang="en", end="certificate/"):
    token = tokens.make("registration", str(registration.pk))
    return f"/{lang}/events/registration/{token}/{end}"


def text(answer):
    assert answer["Content-Type"] == "application/pdf"
    read = pypdf.PdfReader(BytesIO(answer.content))
    return read, [" ".join(page.extract_text().split()) for page in read.pages]


@pytest.mark.slow
def test_it_says_who_came_to_what_in_both_languages(client, sian, came):
    read, [page] = text(client.post(link(sian)))
    code = certificates.spaced(Attendance.objects.get().certificate_code)
    for words in (
        "Certificate of attendance",
        "Tystysgrif presenoldeb",
        "What the ranks mean",
        "Ystyr y rhestri",
        "Minutes present: 75",
        "/en/events/certificate/",
        "/cy/events/certificate/",
    ):
        assert words in page
    assert page.count("Siân Wyn-Jones") == 2
    assert page.count(code) == 2
    assert page.index("Certificate of") < page.index("Tystysgrif")
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert read.metadata.title == "Certificate of attendance"
    read, [page] = text(client.post(link(sian, "cy")))
    assert read.trailer["/Root"]["/Lang"] == "cy"
    assert page.index("Tystysgrif") < page.index("Certificate of")
    # The same code each time, and one entry in the trail.
    assert code in page
    assert Entry.objects.filter(action="certificate.made").count() == 1


def test_getting_the_address_makes_nothing(client, sian, came):
    assert client.get(link(sian)).status_code == 405
    assert Attendance.objects.get().certificate_code is None


def test_the_registration_offers_it_to_who_came_once_it_is_held(client, event, sian):
    button = "Download my certificate"
    assert button not in client.get(link(sian, end="")).content.decode()
    Attendance.objects.create(registration=sian)
    assert button in client.get(link(sian, end="")).content.decode()
    type(event).objects.update(status="published")
    assert button not in client.get(link(sian, end="")).content.decode()


def test_none_for_who_did_not_come(client, sian):
    answer = client.post(link(sian), follow=True)
    assert "There is a certificate for those who came" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_forged_link_is_refused(client, sian, came):
    token = tokens.make("unsubscribe", str(sian.pk))
    answer = client.post(f"/en/events/registration/{token}/certificate/")
    assert answer.status_code == 404
    assert Attendance.objects.get().certificate_code is None


@pytest.mark.slow
def test_staff_make_them_all(manager_client, event, came):
    Attendance.objects.create(registration=make_registration(event=event, name="Ann"))
    _read, pages = text(manager_client.post("/en/events/made-up/certificates/"))
    assert ["Ann" in page for page in pages] == [True, False]
    assert "Siân Wyn-Jones" in pages[1]


def test_staff_are_told_where_nobody_came(manager_client, event):
    answer = manager_client.post("/en/events/made-up/certificates/", follow=True)
    assert "There is a certificate for those who came" in answer.content.decode()


class TestChecking:
    url = "/en/events/certificate/"

    @pytest.fixture
    def code(self, sian, came):
        made = certificates.make(by=None, registration=sian)
        return certificates.spaced(made.certificate_code)

    def ask(self, client, code, surname=""):
        return client.post(self.url, {"code": code, "surname": surname})

    def test_a_code_has_no_vowels(self, code):
        assert not set(code) & set("AEIOUY0O1IL")
        assert len(code) == 14

    def test_it_says_what_and_when_and_not_who(self, client, code):
        for typed in (code, code.lower().replace("-", " ")):
            page = self.ask(client, typed).content.decode()
            assert "This code is valid." in page
            assert "What the ranks mean" in page
            assert "Siân" not in page

    @pytest.mark.parametrize(
        "surname",
        ["Wyn-Jones", "wyn jones", "Jones", "Siân Wyn-Jones", "SIAN WYN-JONES"],
    )
    def test_it_says_who_to_those_who_know(self, client, code, surname):
        assert "Siân Wyn-Jones" in self.ask(client, code, surname).content.decode()

    @pytest.mark.parametrize("surname", ["J", "Siân", "Wyn", "Evans", "-", "%"])
    def test_but_not_to_those_who_guess(self, client, code, surname):
        page = self.ask(client, code, surname).content.decode()
        assert "Siân Wyn" not in page
        assert "another surname" in page

    def test_the_surname_may_stand_first(self):
        assert certificates._is_surname("ap Gwilym", "Ap Gwilym, Llŷr")
        assert not certificates._is_surname("Llŷr", "Ap Gwilym, Llŷr")

    @pytest.mark.parametrize("code", ["BCDF-GHJK-MNPQ", "x", "' OR 1=1"])
    def test_a_code_that_is_none(self, client, came, code):
        assert "No certificate has this code" in self.ask(client, code).content.decode()

    def test_without_a_code(self, client):
        answer = self.ask(client, "")
        assert answer.status_code == 422
        assert "Enter the code." in answer.content.decode()

    def test_an_attendance_taken_back_is_no_longer_vouched_for(self, client, code):
        Attendance.objects.all().delete()
        assert "No certificate has this code" in self.ask(client, code).content.decode()

    def test_guessing_names_is_limited(self, client, code):
        for _ in range(10):
            assert self.ask(client, code, "Evans").status_code == 200
        assert self.ask(client, code.replace("-", ""), "Jones").status_code == 429

    def test_so_is_guessing_codes(self, client):
        for number in range(30):
            assert self.ask(client, f"CODE{number}").status_code == 200
        assert self.ask(client, "CODE").status_code == 429

    def test_the_address_may_hold_the_code(self, client, code):
        page = client.get(f"{self.url}?code={code}").content.decode()
        assert f'value="{code}"' in page

    def test_the_questions(self, client, code, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            self.ask(client, code, "Jones")
