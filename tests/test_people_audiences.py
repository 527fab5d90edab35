"""Audiences: the list, what one would be now, and who is out of it and why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import Registration
from engagement.people.models import Audience, Suppression
from engagement.people.services import audiences, suppressions
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/audiences/"
SCRIPT = "<script>alert(1)</script>"
ACADEMIC = {"kind": "sector", "sectors": ["academic"]}
WELSH = {"kind": "language", "languages": ["cy"]}


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def make(rule, name="Researchers", note="", slug="researchers"):
    return Audience.objects.create(name=name, note=note, slug=slug, rule=rule)


def test_who_may(client, member_client, manager_client):
    make({})
    pages = ["", "new/"]
    pages += [f"researchers/{p}" for p in ("", "name/", "delete/", "unreachable/")]
    for address in pages:
        assert client.get(URL + address).status_code == 302
        assert member_client.get(URL + address).status_code == 403
        assert manager_client.get(URL + address).status_code == 200
    page(manager_client, f"{URL}nothing/", status=404)


def test_an_empty_list(manager_client):
    assert "There are no audiences yet." in page(manager_client)


def test_the_list(manager_client, manager, django_assert_max_num_queries):
    for n in range(60):
        make({}, name=f"Audience {n:02}", note="For the launch", slug=f"a-{n}")
    Audience.objects.update(made_by=manager)
    with django_assert_max_num_queries(6):
        html = page(manager_client)
    assert "Audiences: 60" in html
    assert "Page 1 of 2" in html
    assert manager.name in html
    assert f'href="{URL}a-0/"' in html


def test_making_one(manager_client, manager):
    answer = manager_client.post(f"{URL}new/", {"name": "Tŷ Ŵyn", "note": "A note"})
    assert answer.url == f"{URL}ty-wyn/rule/"
    made = Audience.objects.get()
    assert (made.name, made.note, made.made_by) == ("Tŷ Ŵyn", "A note", manager)
    assert Entry.objects.get(action="audience.created").actor_id == manager.pk


@pytest.mark.parametrize(
    ("name", "slug"),
    [("New", "new-2"), ("новые", "audience"), ("x" * 200, "x" * 70), ("A", "a-2")],
)
def test_addresses_are_free(manager_client, name, slug):
    make({}, slug="a")
    manager_client.post(f"{URL}new/", {"name": name})
    assert Audience.objects.get(name=name).slug == slug


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "Enter a name."),
        ("a\0", "Leave out characters that cannot be shown."),
        ("x" * 201, "at most 200 characters"),
    ],
)
def test_a_bad_name(manager_client, name, error):
    make({})
    for address in ("new/", "researchers/name/"):
        answer = manager_client.post(URL + address, {"name": name})
        assert answer.status_code == 422
        assert error in answer.content.decode()
    assert Audience.objects.get().name == "Researchers"


def test_another_name(manager_client):
    make({})
    answer = manager_client.post(f"{URL}researchers/name/", {"name": "Analysts"})
    assert answer.url == f"{URL}researchers/"
    assert Audience.objects.get().name == "Analysts"
    assert Entry.objects.get().detail == {"fields": ["name"]}


def test_deleting_asks_first(manager_client):
    make({})
    assert "cannot be undone" in page(manager_client, f"{URL}researchers/delete/")
    assert Audience.objects.exists()
    answer = manager_client.post(f"{URL}researchers/delete/")
    assert answer.url == URL
    assert not Audience.objects.exists()
    assert Entry.objects.get().action == "audience.deleted"


def test_an_audience_without_conditions(manager_client):
    factories.make_person(name="Siân")
    make({})
    html = page(manager_client, f"{URL}researchers/")
    assert "There is no condition yet, so nobody is in this audience." in html
    assert "Siân" not in html


def test_what_it_would_be_now(manager_client):
    stopped = factories.make_person(name="Stopped", sector="academic")
    suppressions.add(
        by=None, address=stopped.email, reason=Suppression.Reason.COMPLAINED
    )
    factories.make_person(name="Siân", sector="academic", language="cy")
    factories.make_person(name="No address", email="", sector="private")
    factories.make_person(name="Somebody else", sector="elected")
    make({"any": [ACADEMIC, {"kind": "sector", "sectors": ["private"]}]}, note="Why")
    html = page(manager_client, f"{URL}researchers/")
    assert "Sector is Academic" in html
    assert "People: 3" in html
    assert "Somebody else" not in html
    assert "People by sector" in html
    assert '<td class="number">2</td>' in html
    assert "In by the rule, and cannot be written to: 2" in html
    assert "Complained of a message" in html
    assert "No address is on record" in html
    listed = page(manager_client, f"{URL}researchers/unreachable/")
    assert "Stopped" in listed
    assert "Siân" not in listed


def test_many(manager_client, django_assert_max_num_queries):
    for _n in range(55):
        person = factories.make_person(sector="academic")
        suppressions.add(by=None, address=person.email, reason=Suppression.Reason.ASKED)
    make({"all": [ACADEMIC]})
    with django_assert_max_num_queries(14):
        html = page(manager_client, f"{URL}researchers/?page=2")
    assert "Page 2 of 2" in html
    assert "See all who cannot be written to" in html
    assert "Page 2 of 2" in page(
        manager_client, f"{URL}researchers/unreachable/?page=2"
    )


def test_everybody_can_be_written_to(manager_client):
    factories.make_person(sector="academic")
    make({"all": [ACADEMIC]})
    for address in ("researchers/", "researchers/unreachable/"):
        html = page(manager_client, URL + address)
        assert "Everybody in this audience can be written to." in html


def test_why_somebody_is_out(manager_client):
    person = factories.make_person(name="Siân", sector="private", email="s@example.org")
    event = factories.make_event(title_en="The launch", days_ahead=-2)
    Registration.objects.create(
        event=event,
        person=person,
        reference="a",
        name="Siân",
        email=person.email,
        sector="private",
        language="en",
    )
    away = {"kind": "stayed_away", "event": str(event.pk)}
    asked = {"kind": "registered", "event": str(event.pk)}
    make({"all": [{"not": away}, {"any": [ACADEMIC, WELSH]}, asked]})
    html = page(manager_client, f"{URL}researchers/why/?words=s@example")
    assert "Not in the audience" in html
    assert "Registered for “The launch” and did not come" in html
    told = html.split("One of these would have to change")[1]
    assert "Sector is not Academic" in told
    assert "Order of languages is not Welsh first" in told
    assert html.count("The launch") == 1, "what she meets is no reason"


def test_why_somebody_is_in(manager_client):
    person = factories.make_person(name="Siân", sector="academic")
    suppressions.add(by=None, address=person.email, reason=Suppression.Reason.ASKED)
    make({"all": [ACADEMIC]})
    html = page(manager_client, f"{URL}researchers/why/?words=si%C3%A2n")
    assert "In the audience" in html
    assert "Asked not to be written to" in html


def test_everybody_who_is_out(manager_client, django_assert_max_num_queries):
    factories.make_person(name="Inside", sector="academic")
    kept = factories.make_person(name="Many")
    factories.make_person(name="Merged away", merged_into=kept)
    for _n in range(24):
        factories.make_person(name="Many")
    make({"all": [ACADEMIC]})
    with django_assert_max_num_queries(10):
        html = page(manager_client, f"{URL}researchers/why/")
    assert "Not in this audience: 25" in html
    assert html.count("Sector is not Academic") == 20
    assert "Page 1 of 2" in html
    assert "Inside" not in html
    assert "Merged away" not in html


def test_nobody_found_nobody_out_and_too_long(manager_client):
    factories.make_person(sector="academic")
    make({"all": [ACADEMIC]})
    url = f"{URL}researchers/why/"
    assert "Nobody was found." in page(manager_client, f"{url}?words=zzz")
    assert "Everybody on record is in this audience." in page(manager_client, url)
    html = page(manager_client, f"{url}?words={'x' * 201}", status=422)
    assert "at most 200 characters" in html


def test_why_without_conditions(manager_client):
    factories.make_person(name="Siân")
    make({})
    html = page(manager_client, f"{URL}researchers/why/?words=Si")
    assert "There is no condition yet" in html


def test_a_broken_rule_is_told(manager_client):
    make({"all": [{"kind": "age"}]})
    html = page(manager_client, f"{URL}researchers/")
    assert "Condition 1 is broken." in html
    for address in ("why/?words=a", "unreachable/"):
        answer = manager_client.get(f"{URL}researchers/{address}")
        assert answer.url == f"{URL}researchers/"


def test_what_was_deleted_since_says_so_and_matches_nobody(manager_client):
    factories.make_person(name="Siân")
    leaves = [
        {"kind": "attended", "event": "999"},
        {"kind": "subscribed", "newsletter": "999"},
        {"kind": "member", "group": "999"},
        {"kind": "organisation", "organisation": "999", "beneath": True},
        {"kind": "tag", "tags": ["999"]},
        {"kind": "interest", "interests": ["999", "9" * 30, "x"]},
    ]
    make({"any": leaves})
    html = page(manager_client, f"{URL}researchers/")
    assert html.count("(no longer there)") == 6
    assert "Siân" not in html


def test_bodies_that_were_merged_stand_for_the_other(manager_client):
    kept = factories.make_organisation(name_en="The council")
    old = factories.make_organisation(merged_into=kept)
    person = factories.make_person(organisation=kept)
    leaf = {"kind": "organisation", "organisation": str(old.pk), "beneath": False}
    assert audiences.people_in(Audience(rule=leaf)).get() == person


def test_written_to_is_by_the_day():
    issue = factories.make_issue()
    person = factories.make_person()
    issue.deliveries.create(
        person=person,
        address=person.email,
        language="en",
        token="t",
        due_at=timezone.now(),
        handed_over_at=timezone.now() - timedelta(days=10),
    )
    for days, is_in in ((9, True), (11, False)):
        leaf = {"kind": "not_asked", "days": days}
        assert audiences.people_in(Audience(rule=leaf)).exists() == is_in


def test_what_people_type_is_text(manager_client):
    person = factories.make_person(name=SCRIPT, sector="academic")
    suppressions.add(by=None, address=person.email, reason=Suppression.Reason.ASKED)
    body = factories.make_organisation(name_en=SCRIPT, name_cy=SCRIPT)
    leaf = {"kind": "organisation", "organisation": str(body.pk), "beneath": True}
    make({"any": [ACADEMIC, leaf]}, name=SCRIPT, note=SCRIPT)
    for address in (
        "",
        "unreachable/",
        "name/",
        "delete/",
        "why/?words=script",
        "rule/",
    ):
        assert SCRIPT not in page(manager_client, f"{URL}researchers/{address}")
    assert SCRIPT not in page(manager_client)


def test_welsh(manager_client):
    factories.make_person(sector="academic")
    make({"all": [ACADEMIC]})
    html = page(manager_client, "/cy/people/audiences/researchers/")
    assert "Y sector yw Academaidd" in html
    assert "Cynulleidfaoedd" in html
