"""Who stands for a study; a vacancy or a change is a risk with an owner."""

from datetime import date

import pytest
from django.utils import timezone

from engagement.people.models import Succession
from engagement.people.services import affiliations, erasure
from engagement.studies.models import Ownership, Risk, Target
from engagement.studies.services import ownerships
from tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
POST = {"post_en": "Head of research", "post_cy": "Pennaeth ymchwil"}


def take(study, role="champion", started_on=DAY, **fields):
    fields = {"by": None, "study": study, "role": role} | POST | fields
    return ownerships.begin(started_on=started_on, **fields)


def test_the_end_without_a_successor_is_a_risk(manager_client, manager, study):
    row = take(study)
    url = f"/en/studies/ownerships/{row.pk}/end/"
    assert manager_client.post(url, {"on": "2026-02-01"}).status_code == 422
    manager_client.post(url, {"on": "2026-04-01"})
    risk = Risk.objects.get()
    assert (risk.kind, risk.role, risk.owner) == ("vacancy", "champion", manager)
    assert "Champion" in risk.text_en
    assert risk.text_cy.startswith("Nid oes neb yn y rôl hon o 1 Ebrill 2026")
    page = manager_client.get("/en/studies/wimd/ownership/").content.decode()
    assert "Nobody holds these roles today:" in page
    assert risk.text_en in page


def test_a_successor_closes_the_vacancy_and_is_a_change(study, manager):
    ownerships.end(by=manager, ownership=take(study), on=date(2026, 4, 1))
    take(study, started_on=date(2026, 5, 1))
    vacancy, change = Risk.objects.all()
    assert vacancy.closed_at is not None
    assert vacancy.outcome_en
    assert vacancy.outcome_cy
    assert (change.kind, change.closed_at) == ("change", None)


def test_a_role_is_handed_over_on_one_day(study):
    old = take(study)
    new = take(study, started_on=date(2026, 5, 1))
    old.refresh_from_db()
    assert old.ended_on == date(2026, 5, 1)
    assert list(Ownership.objects.on(date(2026, 4, 30))) == [old]
    assert list(Ownership.objects.on(date(2026, 5, 1))) == [new]
    assert [risk.kind for risk in Risk.objects.all()] == ["change"]
    with pytest.raises(ownerships.Taken):
        take(study, started_on=date(2026, 4, 1))


def test_the_first_in_a_role_is_no_risk(study):
    take(study)
    assert not Risk.objects.exists()


def test_the_lead_sees_to_it(study, manager):
    lead = make_person(user=manager)
    take(study, "lead", email=lead.email)
    ownerships.end(by=None, ownership=take(study))
    assert Risk.objects.get().owner == manager


def test_the_public_sees_the_post_and_no_name(client, manager_client, study):
    new = "/en/studies/wimd/ownership/new/"
    fields = {"role": "sponsor", "started_on": "2026-03-01"}
    assert manager_client.post(new, fields).status_code == 422
    assert manager_client.post(new, fields | {"post_en": "Head"}).status_code == 422
    person = make_person(name="Nia Rhys")
    manager_client.post(new, fields | POST | {"email": person.email})
    page = client.get("/en/studies/wimd/").content.decode()
    assert "Head of research" in page
    assert "Sponsor" in page
    assert "Nia Rhys" not in page
    assert "Pennaeth ymchwil" in client.get("/cy/studies/wimd/").content.decode()
    shown = manager_client.get("/en/studies/wimd/ownership/").content.decode()
    assert "Nia Rhys" in shown


def test_risks_are_added_given_and_closed_in_both_languages(
    manager_client, manager, administrator, study
):
    new = "/en/studies/wimd/risks/new/"
    text = {"text_en": "Late", "owner": manager.pk}
    assert manager_client.post(new, text).status_code == 422
    manager_client.post(new, text | {"text_cy": "Hwyr"})
    risk = Risk.objects.get()
    url = f"/en/studies/risks/{risk.pk}/"
    manager_client.post(f"{url}give/", {"to-owner": administrator.pk})
    assert manager_client.post(f"{url}give/", {}).status_code == 422
    assert manager_client.post(url, {"outcome_en": "Done"}).status_code == 422
    manager_client.post(url, {"outcome_en": "Done", "outcome_cy": "Wedi"})
    risk.refresh_from_db()
    assert (risk.owner, risk.outcome_cy) == (administrator, "Wedi")
    assert risk.closed_at is not None
    page = manager_client.get("/cy/studies/wimd/ownership/").content.decode()
    assert "Wedi" in page


def test_a_change_of_post_asks_for_a_successor(study):
    person = make_person(organisation=make_organisation())
    take(study, email=person.email)
    post = person.affiliations.get()
    affiliations.end(by=None, affiliation=post, on=timezone.localdate())
    found = Succession.objects.get()
    assert "Champion" in found.what_en
    take(study, started_on=timezone.localdate())
    found.refresh_from_db()
    assert found.settled_at is not None


def test_an_erasure_leaves_the_role_vacant(study, manager):
    person = make_person()
    take(study, email=person.email)
    erasure.erase(by=manager, person=person)
    row = Ownership.objects.get()
    assert (row.person, row.ended_on) == (None, timezone.localdate())
    assert Risk.objects.get().kind == "vacancy"


def test_targets_are_edited_by_staff(client, member_client, manager_client, study):
    new = "/en/studies/wimd/targets/new/"
    fields = {"label_en": "Councils", "label_cy": "Cynghorau", "bodies": "22"}
    for other in (client, member_client):
        assert other.get("/en/studies/wimd/targets/").status_code in (302, 403)
    assert manager_client.post(new, fields).status_code == 422
    manager_client.post(new, fields | {"sector": "local_authority"})
    target = Target.objects.get()
    url = f"/en/studies/wimd/targets/{target.pk}/"
    late = fields | {"sector": "local_authority", "bodies": "0"}
    assert manager_client.post(url, late).status_code == 422
    manager_client.post(url, late | {"bodies": "21"})
    target.refresh_from_db()
    assert target.bodies == 21
    assert (
        "Councils" in manager_client.get("/en/studies/wimd/targets/").content.decode()
    )
    manager_client.post(f"{url}remove/")
    assert not Target.objects.exists()


def test_the_page_costs_few_queries(
    manager_client, study, django_assert_max_num_queries
):
    for number in range(1, 6):
        take(study, started_on=date(2026, 3, number), email=make_person().email)
    with django_assert_max_num_queries(9):
        manager_client.get("/en/studies/wimd/ownership/")
