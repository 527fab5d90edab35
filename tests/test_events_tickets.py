"""A ticket: its code, its page, its file."""

import base64
import re
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.events.models import Attendance, Registration
from engagement.events.services import tickets
from tests.factories import make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    event = make_event(published=True, starts_at=timezone.now(), venue_en="The hall")
    return make_registration(event=event, name="Siân Ŵyn", organisation="Cyngor Môn")


def url(one, lang="en"):
    return f"/{lang}/events/ticket/{tickets.token(one)}/"


def text(answer):
    return answer.content.decode()


def test_names_nobody_to_whoever_has_the_code(client, member_client, one):
    for reader in (client, member_client):
        page = text(reader.get(url(one)))
        assert one.reference in page
        assert one.event.title_en in page
        assert "Show this code at the door." in page
        for hidden in ("Siân", "Môn", one.email, "Check in"):
            assert hidden not in page
        assert reader.post(url(one), {"in": ""}).status_code == 405
    assert not Attendance.objects.exists()


def test_a_manager_checks_its_holder_in_and_undoes_it(manager_client, one):
    page = text(manager_client.get(url(one)))
    assert "Siân Ŵyn" in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert not Attendance.objects.exists(), "a GET changes nothing"
    answer = manager_client.post(url(one), {"key": key, "in": ""}, follow=True)
    assert Attendance.objects.get().registration == one
    assert "Undo the check-in" in text(answer)
    manager_client.post(url(one), {"undo": ""})
    assert not Attendance.objects.exists()
    answer = manager_client.post(url(one), {}, follow=True)
    assert "notice-error" in text(answer)


def test_before_the_day_it_only_shows(manager_client, one):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        page = text(manager_client.get(url(one)))
    assert "first hour of the day" in page
    assert '<button class="button" name' not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("waiting", "on the waiting list"), ("cancelled", "is cancelled")],
)
def test_no_place_no_ticket(client, one, state, words):
    at = timezone.now() if state == "cancelled" else None
    Registration.objects.update(state=state, cancelled_at=at)
    page = text(client.get(url(one)))
    assert words in page
    assert "data:image" not in page
    link = tokens.make("registration", str(one.pk))
    answer = client.get(f"/en/events/registration/{link}/ticket.pdf", follow=True)
    assert "there is no ticket" in text(answer)


def test_a_forged_an_old_and_another_s_code_are_refused(client, one):
    token = tickets.token(one)
    other = base64.urlsafe_b64encode(b'"OTHER"').decode().strip("=")
    forged = [
        f"{other}:{token.partition(':')[2]}",
        "x",
        tokens.make("x", one.reference),
    ]
    for bad in forged:
        assert client.get(f"/en/events/ticket/{bad}/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert client.get(f"/en/events/ticket/{token}/").status_code == 404


def test_guessing_is_limited(client):
    codes = {client.get(f"/en/events/ticket/x{n}/").status_code for n in range(61)}
    assert codes == {404, 429}


def test_a_device_reads_the_reference_off_the_code(one):
    coded = tickets.token(one).partition(":")[0]
    assert base64.urlsafe_b64decode(coded + "==").decode() == f'"{one.reference}"'


@pytest.mark.slow
def test_the_link_of_a_registration_gives_it_as_a_file(client, one):
    link = tokens.make("registration", str(one.pk))
    page = text(client.get(f"/en/events/registration/{link}/"))
    assert 'href="ticket.pdf"' in page
    assert "/en/events/ticket/" in page
    answer = client.get(f"/cy/events/registration/{link}/ticket.pdf")
    read = pypdf.PdfReader(BytesIO(answer.content))
    assert read.trailer["/Root"]["/Lang"] == "cy"
    words = read.pages[0].extract_text()
    assert "Siân Ŵyn" in words
    assert one.reference in words
    assert client.get("/en/events/registration/x/ticket.pdf").status_code == 404


def test_speaks_welsh(client, one):
    assert "Dangoswch y cod hwn wrth y drws." in text(client.get(url(one, "cy")))
