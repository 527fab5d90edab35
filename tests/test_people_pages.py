"""Finding people, and what is on record of one."""

from io import StringIO

import pytest
from django.core.management import call_command

from engagement.people.models import Affiliation, Consent
from engagement.people.queries import find
from engagement.people.services import consents
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
URL = "/en/people/"


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def person():
    return factories.make_person(
        name="Siân Ŵyn",
        email="sian@example.org",
        sector="academic",
        function="research",
        language="cy",
    )


def test_only_managers_see_people(client, member_client, person):
    for url in (URL, f"{URL}{person.pk}/"):
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403


def test_nobody_such_and_wrong_method(manager_client, person):
    page(manager_client, f"{URL}999999/", status=404)
    assert manager_client.post(URL).status_code == 405
    assert manager_client.post(f"{URL}{person.pk}/").status_code == 405


def test_the_list_shows_sector_and_language(manager_client, person):
    html = page(manager_client)
    table = html.split("<tbody>")[1]
    for said in ("Siân Ŵyn", "sian@example.org", "Academic", "Welsh first"):
        assert said in table
    assert "People: 1" in html


@pytest.mark.parametrize("words", ["wyn", "SIAN@", "example.org"])
def test_found_by_part_of_name_or_address(manager_client, person, words):
    factories.make_person(name="Somebody else", email="else@other.test")
    person.name = "Sian Wyn"
    person.save()
    html = page(manager_client, f"{URL}?words={words}")
    assert "Sian Wyn" in html
    assert "Somebody else" not in html


@pytest.mark.parametrize("words", ["ŵyn", "siân ŵ", "SIÂN ŴYN", "W\u0302yn"])
def test_found_whatever_the_capitals_of_letters_of_wales(manager_client, person, words):
    factories.make_organisation(name_en="Siân Ŵyn Ltd", name_cy="Siân Ŵyn Cyf")
    assert "<bdi>Siân Ŵyn</bdi></a>" in page(manager_client, f"{URL}?words={words}")
    assert "Siân Ŵyn Ltd" in page(manager_client, f"{URL}organisations/?words={words}")


def test_found_by_sector_and_by_none(manager_client, person):
    factories.make_person(name="Nobody knows")
    academic = page(manager_client, f"{URL}?sector=academic")
    unknown = page(manager_client, f"{URL}?sector=unknown")
    assert "Siân Ŵyn" in academic
    assert "Nobody knows" not in academic
    assert "Siân Ŵyn" not in unknown
    assert "Nobody knows" in unknown
    assert "Not stated" in unknown.split("<tbody>")[1]
    assert "Nobody was found." in page(manager_client, f"{URL}?sector=elected")


@pytest.mark.parametrize("query", ["sector=<script>", f"words={'x' * 201}"])
def test_bad_input_is_told(manager_client, person, query):
    html = page(manager_client, f"{URL}?{query}", status=422)
    assert "There is a problem" in html
    assert "<script>" not in html.split("<main")[1]


def test_nul_is_refused(manager_client):
    page(manager_client, f"{URL}?words=%00", status=400)


def test_the_latest_post_without_an_end_gives_the_sector(person):
    body = factories.make_organisation(sector="voluntary")
    person.affiliations.update(ended_on="2020-01-01")
    for started, organisation, stated in (
        ("2021-01-01", None, "private"),
        ("2022-01-01", body, "public"),
        (None, None, "elected"),
    ):
        Affiliation.objects.create(
            person=person,
            organisation=organisation,
            stated_sector=stated,
            started_on=started,
        )
    assert find(words="", sector="").get().sector == "voluntary"


def test_a_person_with_posts_and_consents(manager_client, person):
    post = person.affiliations.get()
    post.post, post.organisation_name = "Analyst", "A university"
    post.started_on = "2020-02-03"
    post.save()
    given = {"person": person, "purpose": "newsletter", "about": "WIMD"}
    consents.give(
        **given,
        wording="Ysgrifennwch ataf.",
        wording_version="1",
        language="cy",
        source=Consent.Source.FORM,
        evidence="paper form 7",
    )
    consents.withdraw(**given, source=Consent.Source.LINK)
    html = page(manager_client, f"{URL}{person.pk}/")
    for said in (
        "Analyst",
        "A university",
        "Academic; Research",
        "3 February 2020",
        "Given, To be sent a newsletter (WIMD)",
        "paper form 7",
        '<q lang="cy">Ysgrifennwch ataf.</q>',
        "Withdrawn",
    ):
        assert said in html
    assert html.index("Given, ") < html.index("Withdrawn, ")


def test_a_person_of_whom_nothing_is_known(manager_client):
    person = factories.make_person()
    html = page(manager_client, f"{URL}{person.pk}/")
    assert "This person has agreed to nothing yet." in html


def test_what_people_type_is_text(manager_client, person):
    person.name = SCRIPT
    person.save()
    person.affiliations.update(post=SCRIPT, organisation_name=SCRIPT)
    assert SCRIPT not in page(manager_client)
    assert SCRIPT not in page(manager_client, f"{URL}{person.pk}/")


def test_a_name_that_runs_from_right_to_left_turns_nothing_else(manager_client, person):
    person.name = "سعاد (قسم)"
    person.save()
    isolated = f"<bdi>{person.name}</bdi>"
    assert isolated in page(manager_client)
    assert isolated in page(manager_client, f"{URL}{person.pk}/")


def test_welsh(manager_client, person):
    assert 'lang="cy"' in page(manager_client, "/cy/people/")


@pytest.mark.slow
def test_the_contacts_of_the_demonstration(
    manager_client, django_assert_max_num_queries
):
    call_command("load_demo", stdout=StringIO())
    with django_assert_max_num_queries(5):
        html = page(manager_client, f"{URL}?words=contact&page=2")
    assert "People: 253" in html
    assert "Page 2 of 6" in html
    assert "Synthetic" in html
    found = page(manager_client, f"{URL}?words=contact&sector=unknown")
    assert "People: 74" in found
