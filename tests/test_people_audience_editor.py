"""The rule of an audience, put together by somebody who writes no programs."""

import re

import pytest

from engagement.audit.models import Entry
from engagement.people.models import Audience
from engagement.people.rule import editing
from engagement.people.services import audiences
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/audiences/researchers/rule/"
ACADEMIC = {"kind": "sector", "sectors": ["academic"]}
WELSH = {"kind": "language", "languages": ["cy"]}


@pytest.fixture
def audience():
    return Audience.objects.create(name="Researchers", slug="researchers", rule={})


def put(audience, rule):
    Audience.objects.filter(pk=audience.pk).update(rule=rule)


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def rule():
    return Audience.objects.get().rule


def press(client, button, seen=None):
    seen = seen or editing.version(rule())
    return client.post(f"{URL}step/", {"press": button, "seen": seen}, follow=True)


def add(client, kind, group="", **values):
    seen = editing.version(rule())
    url = f"{URL}add/?group={group}&kind={kind}"
    return client.post(url, values | {"seen": seen})


def test_who_may(client, member_client, audience):
    put(audience, {"all": [ACADEMIC]})
    for address in ("", "add/", "add/?kind=sector", "1/"):
        assert client.get(URL + address).status_code == 302
        assert member_client.get(URL + address).status_code == 403
    for address in ("step/", "add/?kind=sector", "1/"):
        assert client.post(URL + address).status_code == 302
        assert member_client.post(URL + address).status_code == 403
    assert rule() == {"all": [ACADEMIC]}


def test_from_nothing_to_a_nested_rule(manager_client, audience):
    assert "There is no condition yet" in page(manager_client)
    kinds = page(manager_client, f"{URL}add/")
    assert len(re.findall('type="radio"', kinds)) == 16
    assert "Local authority" in page(manager_client, f"{URL}add/?kind=sector&group=")
    answer = add(manager_client, "sector", sectors=["academic", "private"])
    assert answer.url == URL
    press(manager_client, "group:")
    add(manager_client, "language", group="2", languages="cy")
    add(manager_client, "not_asked", group="2", days="30")
    press(manager_client, "turn:2.1")
    assert rule() == {
        "all": [
            {"kind": "sector", "sectors": ["academic", "private"]},
            {"any": [{"not": WELSH}, {"kind": "not_asked", "days": 30}]},
        ]
    }
    html = page(manager_client)
    for said in (
        "Sector is Private sector or Academic",
        "At least one of these:",
        "Order of languages is not Welsh first",
        "Days since last written to: 30 or more, or never",
    ):
        assert said in html
    assert Entry.objects.filter(action="audience.changed").count() == 5


def test_all_and_any_not_and_away(manager_client, audience):
    put(audience, {"all": [ACADEMIC, {"any": [WELSH]}]})
    press(manager_client, "any:")
    press(manager_client, "all:2")
    press(manager_client, "turn:2")
    assert rule() == {"any": [ACADEMIC, {"not": {"all": [WELSH]}}]}
    html = page(manager_client)
    assert "Not all of these:" in html
    assert "Take “not” away" in html
    press(manager_client, "remove:2.1")
    assert "this group changes nothing" in page(manager_client)
    press(manager_client, "remove:1")
    press(manager_client, "remove:1")
    assert rule() == {"any": []}


def test_other_values(manager_client, audience):
    put(audience, {"all": [{"not": ACADEMIC}]})
    html = page(manager_client, f"{URL}1/")
    assert re.search(r'value="academic"[^>]*checked', html)
    seen = editing.version(rule())
    answer = manager_client.post(f"{URL}1/", {"sectors": ["private"], "seen": seen})
    assert answer.url == URL
    assert rule() == {"all": [{"not": {"kind": "sector", "sectors": ["private"]}}]}


def test_the_preview_stands_beside(manager_client, audience):
    factories.make_person(name="Siân", sector="academic")
    factories.make_person(name="Gwen", sector="private")
    put(audience, {"all": [ACADEMIC]})
    html = page(manager_client)
    assert "Siân" in html
    assert "Gwen" not in html
    assert "People by sector" in html


@pytest.mark.parametrize(
    ("query", "values", "error"),
    [
        ("kind=sector", {}, "Choose at least one."),
        ("kind=sector", {"sectors": "army"}, "Select a valid choice."),
        ("kind=not_asked", {"days": "0"}, "Enter a number of days from 1 to 3650."),
        ("kind=not_asked", {"days": "x"}, "Enter a number of days from 1 to 3650."),
        ("kind=organisation", {}, "Choose an organisation."),
        ("kind=attended", {"event": ""}, "Choose an event."),
        ("kind=member", {"group": "x"}, "Select a valid choice."),
        ("kind=subscribed", {"newsletter": "1"}, "Select a valid choice."),
    ],
)
def test_bad_values(manager_client, audience, query, values, error):
    factories.make_newsletter(pk=7)
    factories.make_organisation()
    answer = manager_client.post(f"{URL}add/?{query}", values)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert rule() == {}


def test_bad_kind_and_bad_place(manager_client, audience):
    put(audience, {"all": [ACADEMIC, {"any": []}, {"kind": "age"}]})
    html = page(manager_client, f"{URL}add/?kind=age", status=422)
    assert "Select a valid choice" in html
    assert "Choose what the condition is about." in page(
        manager_client, f"{URL}add/?kind=", status=422
    )
    for address in ("add/?group=1", "add/?group=9", "9/", "2/", "3/", "x/"):
        page(manager_client, URL + address, status=404)


@pytest.mark.parametrize("button", ["", "dance:1", "turn:x", "turn:1\0", "turn"])
def test_a_button_that_is_not_there(manager_client, audience, button):
    put(audience, {"all": [ACADEMIC]})
    assert press(manager_client, button).status_code == 200
    assert rule() == {"all": [ACADEMIC]}


@pytest.mark.parametrize(
    "button", ["turn:7", "remove:1.1", "group:1", "all:1", "turn:"]
)
def test_a_button_for_another_part(manager_client, audience, button):
    put(audience, {"all": [ACADEMIC]})
    answer = press(manager_client, button)
    assert "This condition is no longer there." in answer.content.decode()
    assert rule() == {"all": [ACADEMIC]}


def test_two_at_once(manager_client, audience):
    """Nobody changes what they have not seen; what was filled in stays."""
    seen = editing.version({})
    put(audience, {"all": [ACADEMIC]})
    answer = press(manager_client, "remove:1", seen=seen)
    assert "This audience was changed meanwhile." in answer.content.decode()
    answer = manager_client.post(f"{URL}1/", {"sectors": ["private"], "seen": seen})
    assert answer.status_code == 302
    assert rule() == {"all": [ACADEMIC]}
    added = {"languages": ["cy"], "seen": seen}
    answer = manager_client.post(f"{URL}add/?kind=language", added)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This audience was changed meanwhile." in html
    assert re.search(r'value="cy"[^>]*checked', html)
    added["seen"] = re.search(r'name="seen" value="(\w+)"', html)[1]
    manager_client.post(f"{URL}add/?kind=language", added)
    assert rule() == {"all": [ACADEMIC, WELSH]}


def test_a_rule_has_an_end(manager_client, audience):
    put(audience, {"all": [ACADEMIC] * 59})
    answer = add(manager_client, "language", languages="cy")
    assert answer.status_code == 422
    assert "A rule has at most 60 parts." in answer.content.decode()


def test_a_broken_condition_can_be_removed(manager_client, audience):
    put(audience, {"all": [{"kind": "age"}, ACADEMIC, {"kind": "size"}]})
    html = page(manager_client)
    for said in ("Condition 1 is broken. Dolen does not know", "Condition 3 is broken"):
        assert said in html
    press(manager_client, "remove:1")
    assert "Condition 2 is broken" in page(manager_client)
    press(manager_client, "remove:2")
    assert rule() == {"all": [ACADEMIC]}


@pytest.mark.parametrize("broken", [[], 7, {"all": [7]}, {"all": "x"}, {"or": []}])
def test_a_rule_that_is_no_tree_can_be_begun_anew(manager_client, audience, broken):
    put(audience, broken)
    assert "Start the rule anew" in page(manager_client)
    press(manager_client, "remove:")
    assert rule() == {}


def test_nothing_to_choose_from(manager_client, audience):
    for kind in ("tag", "interest", "organisation", "subscribed"):
        html = page(manager_client, f"{URL}add/?kind={kind}")
        assert "There is nothing on record yet to choose from." in html


def test_each_kind_offers_what_is_there(manager_client, audience):
    group = factories.make_group(name_cy="Y Grŵp")
    body = factories.make_organisation(name_cy="Y Corff")
    for kind, said in (("member", "Y Grŵp"), ("organisation", "Y Corff")):
        url = f"{URL.replace('/en/', '/cy/')}add/?kind={kind}"
        assert said in page(manager_client, url)
    add(manager_client, "member", group=f"&kind=member&group={group.pk}")
    add(manager_client, "organisation", organisation=str(body.pk))
    assert rule()["all"][-1] == {
        "kind": "organisation",
        "organisation": str(body.pk),
        "beneath": False,
    }
    assert not audiences.people_in(Audience.objects.get()).exists()


def test_many_conditions_ask_few_questions(
    manager_client, audience, django_assert_max_num_queries
):
    put(audience, {"all": [ACADEMIC, WELSH] * 12})
    with django_assert_max_num_queries(10):
        page(manager_client)


def test_welsh(manager_client, audience):
    put(audience, {"all": [ACADEMIC, {"any": [{"not": WELSH}]}]})
    html = page(manager_client, URL.replace("/en/", "/cy/"))
    for said in ("Y sector yw Academaidd", "Ychwanegu amod", "a hefyd", "Tynnu"):
        assert said in html
