"""What is settled about a group."""

import pytest

from engagement.groups.models import Group
from engagement.groups.services import groups
from tests.factories import make_decision, make_group, make_meeting, make_output

pytestmark = pytest.mark.django_db
FIELDS = {
    "name_en": "Board",
    "name_cy": "Bwrdd",
    "kind": "project_board",
    "papers_days": "5",
}


def edit(client, group, **fields):
    return client.post(f"/en/groups/manage/{group.slug}/", FIELDS | fields)


def test_creates_a_group_and_leads_to_its_seats(manager_client, study):
    new = "/en/groups/manage/new/"
    assert manager_client.get(new).status_code == 200
    assert manager_client.post(new, FIELDS | {"kind": ""}).status_code == 422
    answer = manager_client.post(new, FIELDS | {"study": study.pk, "quorum": "4"})
    group = Group.objects.get()
    assert answer.url == f"/en/groups/manage/{group.slug}/seats/"
    assert (group.letters, group.study, group.quorum) == ("PB", study, 4)
    assert group.papers_days == 5


def test_shows_tier_parent_and_terms_of_reference(client, manager_client, study):
    terms = make_output(published=True, study=study, title_en="The terms")
    draft = make_output(study=study, title_en="A draft")
    board, group = make_group(name_en="Top board"), make_group(study=study)
    page = manager_client.get(f"/en/groups/manage/{group.slug}/").content.decode()
    assert "The terms" in page
    assert "A draft" not in page
    edit(
        manager_client,
        group,
        study=study.pk,
        parent=board.pk,
        tier="operational",
        terms_of_reference=terms.slug,
        review_on="2027-01-31",
    )
    page = client.get(f"/en/groups/{group.slug}/").content.decode()
    for text in ("Top board", "Operational", terms.get_absolute_url(), "31 January"):
        assert text in page
    answer = edit(manager_client, group, terms_of_reference=draft.slug)
    assert answer.status_code == 422


def test_no_circle_of_groups(manager_client):
    top = make_group()
    middle = make_group(parent=top)
    low = make_group(parent=middle)
    answer = edit(manager_client, top, parent=low.pk)
    assert answer.status_code == 422
    assert "This group would report to itself." in answer.content.decode()
    assert edit(manager_client, top, parent=top.pk).status_code == 422
    assert edit(manager_client, low, parent=top.pk).status_code == 302


def test_letters_stay_once_a_decision_has_them(manager_client):
    group = make_group(kind="steering")
    assert edit(manager_client, group, code="lower").status_code == 422
    edit(manager_client, group, code="ST", kind="steering")
    make_decision(meeting=make_meeting(group=group))
    edit(manager_client, group, code="XX", kind="advisory")
    group.refresh_from_db()
    assert (group.code, group.kind) == ("ST", "advisory")
    with pytest.raises(groups.Numbered):
        groups.update(by=None, group=group, fields={"code": "XX"})


def test_letters_of_the_kind_stay_too(manager_client):
    group = make_group(kind="steering", code="")
    make_decision(meeting=make_meeting(group=group))
    with pytest.raises(groups.Numbered):
        groups.update(by=None, group=group, fields={"kind": "advisory"})


@pytest.mark.parametrize(
    "fields",
    [
        {"quorum": "0"},
        {"papers_days": ""},
        {"papers_days": "61"},
        {"review_on": "soon"},
        {"secretary": "999"},
    ],
)
def test_bad_settings_are_refused(manager_client, fields):
    group = make_group()
    assert edit(manager_client, group, **fields).status_code == 422
    group.refresh_from_db()
    assert group.kind == "steering"
