"""The public page of how a study was used."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.template import Context, Template

from engagement.evidence.models import Finding, PublishedFigure, Recommendation
from tests import factories
from tests.factories import make_use

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
URL = "/en/evidence/wimd/"


def make_figure(study, **fields):
    n = PublishedFigure.objects.count()
    texts = {
        "slug": f"figure-{n}",
        "question_en": "What is your role?",
        "question_cy": "Beth yw eich rôl?",
        "answer_en": "Research",
        "answer_cy": "Ymchwil",
        "count": 18,
        "base": 41,
        "population": 224,
        "source": "Annex 1 2.6",
    }
    return PublishedFigure.objects.create(study=study, position=n, **texts | fields)


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_a_use_says_who_what_how_and_how_sure(client, study):
    use = make_use(
        study,
        sector="local_authority",
        decision_en="Where to spend",
        decision_cy="Ble i wario",
        budget_text_en="£15 million",
        budget_text_cy="£15 miliwn",
        model="systems",
    )
    output = factories.make_output(published=True, study=study)
    use.outputs.add(output)
    html = page(client)
    for said in (
        "Chose areas 0.",
        "A council (Local authority)",
        "Where to spend",
        "£15 million",
        "never be added up",
        "Instrumental; Systems",
        "Reported",
        "3.10",
        output.get_absolute_url(),
    ):
        assert said in html


def test_uses_are_chosen_by_kind_sector_and_sureness(client, study):
    make_use(study, description_en="Wanted.", use_type="conceptual", sector="academic")
    make_use(study, description_en="Other kind.", sector="academic")
    make_use(study, description_en="Other sector.", use_type="conceptual")
    html = page(
        client, f"{URL}?use_type=conceptual&sector=academic&confidence=reported"
    )
    assert "Wanted." in html
    assert "Other kind." not in html
    assert "Other sector." not in html
    assert "No use on record is of this kind." in page(
        client, f"{URL}?confidence=verified"
    )


def test_a_choice_that_makes_no_sense_is_told(client, study):
    make_use(study)
    html = page(client, f"{URL}?use_type=<script>", status=422)
    assert "There is a problem" in html
    assert "Chose areas 0." in html
    assert "<script>" not in html.split("<main")[1]


def test_findings_and_recommendations_have_their_paragraph(client, study):
    texts = {"text_en": "A careful reader.", "text_cy": "Darllenydd gofalus."}
    for kind in ("factor", "barrier", "misuse"):
        Finding.objects.create(
            study=study, slug=kind, kind=kind, source=f"S {kind}", **texts
        )
    Recommendation.objects.create(
        study=study,
        slug="r",
        text_en="Say so.",
        text_cy="Dywedwch hynny.",
        addressed_to_en="The board",
        addressed_to_cy="Y bwrdd",
        source="S12",
    )
    html = page(client)
    for heading in (
        "What helped",
        "What stood in the way",
        "Risk of misuse",
        "(The board; S12)",
        "Open",
        "(S barrier)",
    ):
        assert heading in html


def test_a_published_figure_is_worked_out_with_its_interval(client, study):
    make_figure(study)
    make_figure(study, answer_en="Policy", answer_cy="Polisi", count=4)
    html = page(client)
    assert "18 of 41" in html
    assert "44%" in html
    assert "31% to 58%" in html
    assert "10%" in html
    assert html.count("What is your role?</h3>") == 1
    assert "chose to answer" in html
    assert "Source: the 2011 report, Annex 1 2.6" in html


def test_where_the_population_is_unknown_the_interval_is_wider(client, study):
    make_figure(study, population=None)
    assert "30% to 59%" in page(client)


def test_a_census_has_no_interval(client, study):
    make_figure(study, count=29, base=253, population=253)
    html = page(client)
    assert "none: all were counted" in html
    assert "11%" in html


def test_what_is_not_public_is_not_there(client, study, manager_client):
    make_use(study, published=False)
    assert "No use is on record yet." in page(client)
    assert "Chose areas" not in page(manager_client)


def test_nothing_yet_is_said(client, study):
    html = page(client)
    assert "No use is on record yet." in html
    assert "What the 2011 report found" not in html


def test_welsh(client, study):
    make_use(study)
    make_figure(study)
    html = page(client, "/cy/evidence/wimd/")
    for said in ("Dewis ardaloedd 0.", "Beth yw eich rôl?", "Ymchwil"):
        assert said in html
    assert "Chose areas" not in html


def test_what_people_type_is_text(client, study):
    make_use(study, description_en=SCRIPT, decision_en=SCRIPT, user_en=SCRIPT)
    make_figure(study, question_en=SCRIPT, answer_en=SCRIPT, source=SCRIPT)
    assert SCRIPT not in page(client)


def test_no_such_study(client, study):
    page(client, "/en/evidence/none/", status=404)
    assert client.post(URL).status_code == 405


def test_a_made_up_use_says_so(client, study):
    make_use(study, is_synthetic=True)
    assert "Synthetic" in page(client)


@pytest.mark.parametrize(
    "fields", [{"count": 42}, {"base": 0, "count": 0}, {"population": 40}]
)
def test_the_database_refuses_what_is_no_share(study, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_figure(study, **fields)


def test_tags_for_pages_below(study):
    output = factories.make_output(study=study)
    make_use(study).outputs.add(output)
    make_use(study)
    shown = Template(
        "{% load evidence %}{% uses_of output as uses %}{{ uses|length }} "
        "{% evidence_summary study as summary %}{{ summary.uses }} {{ summary.findings }}"
    ).render(Context({"output": output, "study": study}))
    assert shown == "1 2 0"


@pytest.mark.slow
def test_both_studies_of_the_report(client, django_assert_max_num_queries):
    call_command("load_demo", stdout=StringIO())
    for url in ("/en/evidence/wimd/", "/cy/evidence/wimd/", "/cy/evidence/lti/"):
        with django_assert_max_num_queries(13):
            page(client, url)
    html = page(client)
    assert "24 of 28" in html
    assert "86%" in html
    assert "Uses on record: 28" in html
