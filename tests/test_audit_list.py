"""Who did what, for managers to read."""

import pytest

from engagement.audit.models import Entry
from engagement.audit.services import entries
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
URL = "/en/audit/"


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_only_managers_read_it(client, member_client, manager_client):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403
    assert manager_client.post(URL).status_code == 405


def test_nothing_yet(manager_client):
    assert "Nothing has been done yet." in page(manager_client)


def test_newest_first_with_who_did_it(manager_client, manager, study):
    entries.record(by=manager, action="study.renamed", target=study)
    entries.record(by=None, action="study.read", target=study)
    table = page(manager_client).split("<tbody>")[1]
    assert table.index("study.read") < table.index("study.renamed")
    assert manager.name in table
    assert "The public, or the system" in table


def test_by_what_was_done(manager_client, study):
    entries.record(by=None, action="study.renamed", target=study)
    entries.record(by=None, action="study.read", target=study)
    table = page(manager_client, f"{URL}?action=study.read").split("<tbody>")[1]
    assert "study.read" in table
    assert "study.renamed" not in table
    html = page(manager_client, f"{URL}?action=<script>", status=422)
    assert "There is a problem" in html
    assert "<script>" not in html.split("<main")[1]


def test_paged(manager_client, study, django_assert_max_num_queries):
    for _ in range(51):
        entries.record(by=None, action="study.read", target=study)
    with django_assert_max_num_queries(7):
        html = page(manager_client, f"{URL}?page=2&action=study.read")
    assert "Page 2 of 2" in html
    assert html.count("<td>study.read</td>") == 1
    assert "page=1" in html.split("</table>")[1]


def test_a_name_is_text_and_a_person_is_a_number(manager_client):
    study = factories.make_study(title_en=SCRIPT)
    entries.record(by=None, action="study.read", target=study)
    person = factories.make_person(name="Siân")
    entries.record(by=None, action="person.read", target=person)
    html = page(manager_client)
    assert SCRIPT not in html
    assert "Siân" not in html
    assert f"#{person.pk}" in html


def test_an_entry_outlives_its_target(manager_client):
    study = factories.make_study(title_en="Gone soon")
    entries.record(by=None, action="study.removed", target=study)
    study.delete()
    assert "Gone soon" in page(manager_client)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("model", ["audit/entry", "metrics/hit"])
def test_the_admin_site_shows_and_changes_nothing(administrator_client, model):
    base = f"/en/admin/{model}/"
    assert administrator_client.get(base).status_code == 200
    assert administrator_client.get(f"{base}add/").status_code == 403


def test_welsh(manager_client):
    assert 'lang="cy"' in page(manager_client, "/cy/audit/")
