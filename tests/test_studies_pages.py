"""The public list of studies, and a study's page."""

from io import StringIO

import pytest
from django.core.management import call_command

from engagement.studies.models import Milestone
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_leads_to_each_study(client, study):
    html = page(client, "/en/studies/")
    assert study.title_en in html
    assert 'href="/en/studies/wimd/"' in html


def test_no_studies_yet(client):
    assert "There are no studies yet." in page(client, "/en/studies/")


def test_a_study_with_nothing_says_what_it_is(client, study):
    html = page(client, "/en/studies/wimd/")
    assert f"<h1>{study.title_en}</h1>" in html
    for heading in ("Newsletters", "Events", "Outputs", "Groups", "Milestones"):
        assert f"<h2>{heading}</h2>" not in html


def test_a_study_shows_what_belongs_to_it_and_nothing_else(client, study):
    other = factories.make_study()
    mine, theirs = [
        (
            factories.make_event(study=one, published=True).title_en,
            factories.make_output(study=one, published=True).title_en,
            factories.make_group(study=one).name_en,
            factories.make_newsletter(study=one).title_en,
        )
        for one in (study, other)
    ]
    html = page(client, "/en/studies/wimd/")
    assert all(f">{title}<" in html for title in mine)
    assert not any(f">{title}<" in html for title in theirs)


def test_drafts_are_not_public(client, study):
    draft = factories.make_event(study=study, title_en="Not yet")
    output = factories.make_output(study=study, title_en="Unready")
    html = page(client, "/en/studies/wimd/")
    assert draft.title_en not in html
    assert output.title_en not in html


def test_milestones_with_their_day_and_state(client, study):
    texts = {"title_en": "Survey", "title_cy": "Arolwg"}
    Milestone.objects.create(study=study, status="due", due_on="2011-08-01", **texts)
    html = page(client, "/en/studies/wimd/")
    assert "Survey" in html
    assert "August 2011" in html
    assert "Due" in html


def test_metrics_are_offered_to_those_who_may_see_them(
    client, member_client, manager_client, study
):
    link = "/en/studies/wimd/metrics/"
    assert link not in page(client, "/en/studies/wimd/")
    assert link in page(member_client, "/en/studies/wimd/")
    assert link in page(manager_client, "/en/studies/wimd/")


def test_welsh(client, study):
    html = page(client, "/cy/studies/wimd/")
    assert study.title_cy in html
    assert study.title_en not in html
    assert study.title_cy in page(client, "/cy/studies/")


def test_one_language_only_is_marked(client):
    factories.make_study(slug="half", title_cy="", title_en="English only")
    assert '<span lang="en">English only</span>' in page(client, "/cy/studies/half/")


def test_what_people_type_is_text(client, study):
    study.title_en = study.summary_en = study.lead_en = study.date_note_en = SCRIPT
    study.save()
    assert SCRIPT not in page(client, "/en/studies/wimd/")
    assert SCRIPT not in page(client, "/en/studies/")


def test_no_such_study_and_wrong_method(client, study):
    page(client, "/en/studies/none/", status=404)
    assert client.post("/en/studies/wimd/").status_code == 405
    assert client.post("/en/studies/").status_code == 405


@pytest.mark.slow
def test_the_studies_of_the_report(client, django_assert_max_num_queries):
    call_command("load_demo", stdout=StringIO())
    with django_assert_max_num_queries(2):
        page(client, "/en/studies/")
    with django_assert_max_num_queries(12):
        html = page(client, "/en/studies/wimd/")
    # 25 of the report, and one that is made up.
    assert "Uses on record: 26." in html
    assert "Source: the 2011 report" in html
    for slug in ("lti", "wimd"):
        page(client, f"/cy/studies/{slug}/")
