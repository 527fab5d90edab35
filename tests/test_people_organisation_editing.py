"""Bodies: their names and former names, and never one above itself."""

import pytest

from engagement.audit.models import Entry
from engagement.people.models import Organisation
from engagement.people.services import organisations
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/people/organisations/"
SENT = {"name_en": "Môn Council", "name_cy": "Cyngor Môn", "sector": "local_authority"}


def names(body):
    return set(body.aliases.values_list("name", "kind"))


def test_a_new_one_with_other_names(manager_client):
    more = {"short": "IOACC\r\n", "former": "Ynys Môn BC\nYnys Môn BC"}
    answer = manager_client.post(f"{URL}new/", SENT | more | {"area": "W06000001"})
    body = Organisation.objects.get()
    assert answer.url == f"{URL}{body.pk}/"
    assert names(body) == {("IOACC", "short"), ("Ynys Môn BC", "former")}
    assert body.area == "W06000001"
    assert Entry.objects.get().action == "organisation.created"


def test_a_changed_name_stays_as_a_former_one(manager_client):
    body = factories.make_organisation(name_en="Old", name_cy="Hen")
    page = manager_client.get(f"{URL}{body.pk}/edit/").content.decode()
    assert 'value="Old"' in page
    manager_client.post(f"{URL}{body.pk}/edit/", SENT | {"other": "Mon"})
    body.refresh_from_db()
    assert body.name_en == "Môn Council"
    assert names(body) == {("Old", "former"), ("Hen", "former"), ("Mon", "other")}
    assert Entry.objects.get().detail == {"fields": ["name_en", "name_cy", "aliases"]}
    page = manager_client.get(f"{URL}?words=hen").content.decode()
    assert "Môn Council" in page
    manager_client.post(f"{URL}{body.pk}/edit/", SENT | {"former": "Old"})
    assert names(body) == {("Old", "former")}


def test_nothing_changed_is_no_entry(manager_client):
    manager_client.post(f"{URL}new/", SENT)
    body = Organisation.objects.get()
    manager_client.post(f"{URL}{body.pk}/edit/", SENT)
    assert Entry.objects.count() == 1


def test_no_body_above_itself(manager_client):
    top = factories.make_organisation()
    middle = factories.make_organisation(parent=top)
    bottom = factories.make_organisation(parent=middle)
    sent = SENT | {"parent": bottom.pk}
    answer = manager_client.post(f"{URL}{top.pk}/edit/", sent)
    assert answer.status_code == 422
    assert "A body cannot be part of itself." in answer.content.decode()
    top.refresh_from_db()
    assert top.parent is None
    assert top.name_en != "Môn Council"
    assert not Entry.objects.exists()
    with pytest.raises(organisations.AboveItself):
        organisations.change(
            by=None,
            organisation=top,
            aliases={"former": []},
            name_en=top.name_en,
            name_cy=top.name_cy,
            parent=top,
        )
    answer = manager_client.post(f"{URL}{bottom.pk}/edit/", SENT | {"parent": top.pk})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name_en", "", "Enter a name."),
        ("name_cy", "n" * 201, "200"),
        ("sector", "x", "x"),
        ("parent", "999", "parent"),
        ("other", "n" * 201, "A name has at most 200 letters."),
    ],
)
def test_bad_input_is_told(manager_client, field, value, told):
    answer = manager_client.post(f"{URL}new/", SENT | {field: value})
    assert answer.status_code == 422
    assert told in answer.content.decode().split("error-summary", 1)[1]
    assert not Organisation.objects.exists()


def test_found_by_any_name_but_not_by_a_guess():
    body = factories.make_organisation(name_en="Môn Council")
    assert organisations.find("mon council") == body
    twin = factories.make_organisation(name_cy="Mon Council")
    assert organisations.find("Môn Council") is None
    twin.delete()
    factories.make_organisation(name_en="Mon Council", merged_into=body)
    assert organisations.find("Môn Council") == body
    assert organisations.find("Mon") is None


def test_the_parts_of_a_body(manager_client):
    top = factories.make_organisation()
    factories.make_organisation(parent=top, name_en="A part of it")
    page = manager_client.get(f"{URL}{top.pk}/").content.decode()
    assert "A part of it" in page


def test_the_body_above_is_named_in_welsh(manager_client):
    factories.make_organisation(name_en="Above", name_cy="Uwchben")
    page = manager_client.get("/cy/people/organisations/new/").content.decode()
    assert "Uwchben" in page
    assert "Above" not in page
    assert "----" not in page
