"""Whoever does not want to be counted is not, and nothing is kept of them."""

import pytest
from django.urls import reverse

from engagement.metrics.services import spool
from tests.factories import make_file, make_output
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
PAGE = "/en/readership/objection/"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def file(study):
    return make_file(output=make_output(published=True, study=study))


def read(client, file, **headers):
    address = reverse("outputs:download", args=[file.pk])
    assert client.get(address, headers=BROWSER | headers).status_code == 200


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_what_the_browser_says_is_honoured(client, file, header):
    read(client, file, **{header: "1"})
    assert spool.files() == []
    read(client, file, **{header: "0"})
    assert taken_hits().count() == 1


def test_objecting_and_taking_it_back(client, file):
    page = client.get(PAGE).content.decode()
    assert "Visits from this browser are counted, but not who you are." in page
    answer = client.post(PAGE, {"count": "no"})
    assert answer["Location"] == PAGE
    cookie = answer.cookies["uncounted"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")
    read(client, file)
    assert spool.files() == []
    page = client.get(PAGE).content.decode()
    assert "You have objected" in page
    assert "Count my visits again" in page
    client.post(PAGE, {"count": "yes"})
    read(client, file)
    assert taken_hits().count() == 1


def test_a_get_changes_nothing_and_another_answer_is_refused(client, file):
    client.get(f"{PAGE}?count=no")
    assert client.post(PAGE, {"count": "maybe"}).status_code == 422
    assert "uncounted" not in client.cookies


def test_it_says_where_the_browser_objects_already(client):
    page = client.get(PAGE, headers={"Sec-GPC": "1"}).content.decode()
    assert "Global Privacy Control" in page
    assert "no-cache" in client.get(PAGE)["Cache-Control"]


def test_it_is_there_in_welsh_and_linked_from_every_page(client, db):
    page = client.get("/cy/readership/objection/").content.decode()
    assert page.count("Peidiwch â chyfrif fy ymweliadau") >= 3
    assert f'href="{PAGE}"' in client.get("/en/").content.decode()
    assert f'href="{PAGE}"' in client.get("/en/no-such-page/").content.decode()


def test_it_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(PAGE)
