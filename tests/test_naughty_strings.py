"""Names and addresses of every kind, through every form that takes one: kept and shown
right, or refused with the reason; never a crash and never a header of their own."""

import csv
import io
import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from engagement.accounts.models import Role
from engagement.events.models import Event, Registration
from engagement.people.models import Audience, PeopleImport, Person, Suppression
from engagement.people.services import imports, people, suppressions
from engagement.studies.models import Enquiry
from newsletters.services import preferences
from tests import factories
from tests.conftest import signed_in
from tests.support.strings import ADDRESSES, NAMES, NOT_IN_A_FILE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BASE = {"email": "ann@example.org", "language": "en", "sector": "academic"}
QUESTION = {"question": "Why?"}
PAPER = {"word": "given", "source": "paper", "evidence": "form"}
ADDRESS_AT_FAULT = re.compile(
    "Enter an e-mail address like|Write the part before the @|Leave out characters"
    "|at most 320|Use 320|This is not an e-mail address"
)


@pytest.fixture
def site():
    factories.make_newsletter(slug="wimd")
    factories.make_study(slug="wimd")
    factories.make_event(slug="day", published=True)


@pytest.fixture
def staff():
    client = signed_in(factories.make_user(Role.MANAGER))
    client.raise_request_exception = False
    return client


def send(client, address, fields):
    """As a browser does; half letters and all."""
    client.raise_request_exception = False
    answer = client.post(
        address, urlencode(fields), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code < 500, answer.status_code
    return answer


def read(staff, name, *arguments):
    page = staff.get(reverse(name, args=arguments))
    assert page.status_code == 200
    return page.content.decode()


def subscribe(text, staff):
    fields = BASE | {"name": text}
    answer = send(Client(), "/en/newsletters/wimd/subscribe/", fields)
    return answer, Person


def send_registration(fields):
    """Page after page, until one is refused or all is sent."""
    client = Client()
    for page in ("", "organisation/", "needs/", "check/"):
        answer = send(client, f"/en/events/day/register/{page}", fields)
        if answer.status_code != 302:
            break
    return answer


def register(text, staff):
    fields = BASE | {"name": text, "organisation": text}
    return send_registration(fields | {"access": text}), Registration


def ask(text, staff):
    answer = send(Client(), "/en/studies/wimd/ask/", BASE | QUESTION | {"name": text})
    return answer, Person


def enter(text, staff):
    fields = BASE | PAPER | {"name": text}
    return send(staff, "/en/newsletters/manage/wimd/enter/", fields), Person


def name_an_audience(text, staff):
    return send(staff, "/en/people/audiences/new/", {"name": text}), Audience


FORMS = [subscribe, register, ask, enter, name_an_audience]
PAGES = {
    Person: lambda row: ("people:detail", row.pk),
    Registration: lambda row: ("events:attendance", row.event.slug),
    Audience: lambda row: ("people:audience", row.slug),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_a_name(site, staff, form, name):
    sent, kept = NAMES[name]
    answer, model = form(sent, staff)
    if kept is None:
        assert answer.status_code == 422
        assert "error" in answer.content.decode()
        assert not model.objects.exists()
        return
    assert answer.status_code in {200, 302}
    row = model.objects.get()
    assert row.name == kept
    if model is Registration:
        assert row.organisation == kept
        Event.objects.update(starts_at="2026-01-01T10:00Z")
    assert escape(kept) in read(staff, *PAGES[model](row))


def as_file(name, heads, row):
    out = io.StringIO()
    csv.writer(out).writerows([heads, row])
    return SimpleUploadedFile(name, out.getvalue().encode())


def import_people(staff, **cells):
    """The import when it is done or refused, and its page."""
    file = as_file("a.csv", list(cells), list(cells.values()))
    answer = staff.post("/en/people/imports/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    columns = {field: field for field in cells}
    answer = staff.post(answer.url, columns)
    record = PeopleImport.objects.get()
    imports.run_check(import_id=record.pk)
    staff.post(f"/en/people/imports/{record.pk}/apply/")
    imports.run_apply(import_id=record.pk)
    record.refresh_from_db()
    return record, read(staff, "people:import", record.pk)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_IN_A_FILE])
def test_a_name_in_a_file_of_people(staff, name):
    sent, kept = NAMES[name]
    cells = {"name": sent, "email": "ann@example.org"}
    record, page = import_people(staff, **cells, organisation="A", post=sent)
    if kept is None:
        assert record.state == "refused"
        assert "<td" in page
        assert not Person.objects.exists()
        return
    assert record.state == "applied"
    person = Person.objects.get()
    assert (person.name, person.affiliations.get().post) == (kept, kept)
    assert escape(kept) in read(staff, "people:detail", person.pk)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_IN_A_FILE])
def test_a_name_in_a_file_of_subscribers(site, staff, name):
    sent, kept = NAMES[name]
    cells = BASE | {"name": sent, "function": ""}
    file = as_file("a.csv", list(cells), list(cells.values()))
    address = "/en/newsletters/manage/wimd/import/"
    answer = staff.post(address, {"file": file, "evidence": "form"})
    page = answer.content.decode()
    if kept is None:
        assert answer.status_code == 422
        assert "Row by row" in page
        return
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert staff.post(f"{address}apply/", {"token": token}).status_code == 302
    assert Person.objects.get().name == kept


@pytest.mark.parametrize("name", NAMES)
def test_looked_for(staff, name):
    sent, kept = NAMES[name]
    factories.make_person(name=kept or "Ann")
    factories.make_organisation(name_en=kept or "A", name_cy="B")
    for page in ("people:list", "people:organisations", "audit:list"):
        found = staff.get(f"{reverse(page)}?{urlencode({'words': sent})}")
        assert found.status_code in {200, 400, 422}
        if kept and page != "audit:list":
            assert found.status_code == 200
            shown = (
                f"<bdi>{escape(kept)}</bdi>" if page == "people:list" else escape(kept)
            )
            assert f">{shown}</a>" in found.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_where_it_has_no_business(site, staff, name):
    """In a choice, an address, a button or a password: refused, and shown as text."""
    sent, _kept = NAMES[name]
    person = factories.make_person()
    token = preferences.tokens.make("preferences", [person.pk, person.email])
    forms = {
        "/en/newsletters/wimd/subscribe/": [*BASE, "function"],
        "/en/events/day/register/": ["email"],
        "/en/events/day/register/organisation/": ["sector", "function"],
        f"/en/newsletters/preferences/{token}/": ["newsletters", "language"],
        "/en/newsletters/preferences/": ["email"],
        "/en/account/sign-in/": ["login", "password"],
        "/en/account/password/": ["email"],
    }
    for address, fields in forms.items():
        answer = send(Client(), address, dict.fromkeys(fields, sent))
        assert answer.status_code == 422, address
        assert "error-summary" in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()
    fields = ["check-email", "add-email", "add-reason", "add"]
    for one in (fields, fields[:1]):
        answer = send(staff, "/en/people/suppressions/", dict.fromkeys(one, sent))
        assert answer.status_code == 422
    assert not Suppression.objects.exists()


def test_mails_have_no_header_that_somebody_wrote(site, deliver_mail):
    """The question is in the text; what is in a name is in no header."""
    kept = [(sent, text) for sent, text in NAMES.values() if text]
    for number, (sent, _text) in enumerate(kept):
        cache.clear()
        fields = BASE | {"email": f"a{number}@example.org", "name": sent}
        send(Client(), "/en/studies/wimd/ask/", fields | {"question": sent})
        send_registration(fields)
    mails = deliver_mail()
    assert len(mails) == 2 * len(kept)
    names = {*("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted")}
    names |= {"MIME-Version", "Content-Type", "Content-Language"}
    for mail in mails:
        assert set(mail.keys()) - {"X-Envelope-To"} == names
        assert len(mail["From"].addresses) == len(mail["To"].addresses) == 1
        number = int(re.fullmatch(r"a(\d+)@example\.org", mail["To"])[1])
        if "question" in mail["Subject"]:
            text = " ".join(mail.get_body(("plain",)).get_content().split())
            html = " ".join(mail.get_body(("html",)).get_content().split())
            assert kept[number][1] in text
            assert "<script" not in html
            assert "onmouseover='" not in html


def address_to_register(address, staff):
    fields = BASE | {"name": "Ann", "email": address}
    return send_registration(fields)


def address_to_ask(address, staff):
    fields = BASE | QUESTION | {"name": "Ann", "email": address}
    return send(Client(), "/en/studies/wimd/ask/", fields)


def address_to_subscribe(address, staff):
    fields = BASE | {"name": "Ann", "email": address}
    return send(Client(), "/en/newsletters/wimd/subscribe/", fields)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "form", [address_to_register, address_to_ask, address_to_subscribe]
)
def test_an_address(site, staff, deliver_mail, form, name):
    sent, kept = ADDRESSES[name]
    answer = form(sent, staff)
    if kept is None:
        assert answer.status_code == 422
        assert ADDRESS_AT_FAULT.search(answer.content.decode())
        assert not Person.objects.exists()
        return
    kept = sent if kept == "the same" else kept
    person = Person.objects.get()
    assert person.email == kept
    assert person == people.find(kept)
    assert escape(kept) in read(staff, "people:detail", person.pk)
    (mail,) = deliver_mail()
    assert mail["To"] == kept.replace("llŷn", "xn--lln-k2a")
    # Written another way, it is the same person, and has the same place.
    form(kept.upper(), staff)
    assert Person.objects.count() == 1
    assert Registration.objects.count() + Enquiry.objects.count() < 3


@pytest.mark.parametrize("name", [n for n in ADDRESSES if n not in NOT_IN_A_FILE])
def test_an_address_in_a_file(staff, name):
    sent, kept = ADDRESSES[name]
    cells = {"name": "Ann", "email": sent, "other_email": "second@example.org"}
    record, page = import_people(staff, **cells)
    if kept is None:
        assert record.state == "refused"
        assert ADDRESS_AT_FAULT.search(page)
        return
    assert Person.objects.get().email == (sent if kept == "the same" else kept)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_never_written_to(staff, name):
    sent, kept = ADDRESSES[name]
    fields = {"add": "1", "add-email": sent, "add-reason": "asked"}
    answer = send(staff, "/en/people/suppressions/", fields)
    if kept is None:
        assert answer.status_code == 422
        assert ADDRESS_AT_FAULT.search(answer.content.decode())
        assert not Suppression.objects.exists()
        return
    assert suppressions.find(sent if kept == "the same" else kept)
