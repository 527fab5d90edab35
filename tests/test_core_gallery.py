import pytest

pytestmark = pytest.mark.django_db
URL = "/en/design/"


def test_shows_every_component(manager_client):
    page = manager_client.get(URL).content.decode()
    for name in (
        *("back-link", "button button-warning", "tag tag-purple", "notice-success"),
        *("panel", "empty", "progress", "summary-list", "task-list", "card", "table"),
        *("rule", "rule-joint", "rule-words", "rule-steps"),
        *("pagination", "stat", "chart", "error-summary", "field-invalid", "choice"),
    ):
        assert f'class="{name}' in page or f" {name}" in page, name


def test_errors_lead_to_their_fields(manager_client):
    page = manager_client.get(URL).content.decode()
    assert '<a href="#id_wrong-text">Fill this in.</a>' in page
    assert 'id="id_wrong-text"' in page
    assert '<a href="#id_wrong-one">' in page
    assert '<fieldset aria-describedby="id_wrong-one_error" id="id_wrong-one"' in page


def test_a_file_has_its_label_and_errors(manager_client):
    page = manager_client.get(URL).content.decode()
    assert '<label for="id_wrong-file">' in page
    (field,) = [part for part in page.split("<input") if 'name="wrong-file"' in part]
    assert 'aria-describedby="id_wrong-file_error"' in field.split(">")[0]


def test_ids_are_used_once(manager_client):
    import re

    page = manager_client.get(URL).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_is_for_staff(client, member_client):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403


def test_is_in_welsh_too(manager_client):
    page = manager_client.get("/cy/design/").content.decode()
    assert "<h1>Cydrannau</h1>" in page
