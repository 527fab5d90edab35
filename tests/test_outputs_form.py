"""The form of an output with all that the catalogue knows of it."""

import pytest

from engagement.outputs.models import Output
from engagement.people.models import Interest
from engagement.studies.models import Term
from tests.factories import make_output, make_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(study):
    words = {"term_en": "Rank", "term_cy": "Safle"}
    meaning = {"meaning_en": "A place in a list.", "meaning_cy": "Lle mewn rhestr."}
    return Term.objects.create(study=study, **words, **meaning)


@pytest.fixture
def whole(study, term):
    subject = Interest.objects.create(slug="d", name_en="Poverty", name_cy="Tlodi")
    pairs = ("title", "summary", "plain", "use", "misuse", "date_note", "note")
    return {
        **{
            f"{name}_{lang}": f"{name} {lang}"
            for name in pairs
            for lang in ("en", "cy")
        },
        "study": study.pk,
        "kind": "interim",
        "authors": "Rees, B., 0000-0002-1825-0097\nCardiff University",
        "publisher": "Press",
        "series": "GSR",
        "number": "22/2011",
        "issn": "03178471",
        "year": "2011",
        "licence": "cc_by4",
        "subjects": [subject.pk],
        "audience": ["local_authority", "academic"],
        "terms": [term.pk],
    }


def url(output):
    return f"/en/outputs/manage/{output.slug}/"


def test_everything_is_kept_and_shown(client, manager_client, study, whole):
    output = make_output(published=True, with_file=True, study=study)
    older = make_output(published=True, title_en="Of 2005")
    answer = manager_client.post(url(output), whole | {"supersedes": older.pk})
    assert answer.status_code == 302
    output.refresh_from_db()
    assert output.issn == "0317-8471"
    assert output.audience == ["local_authority", "academic"]
    page = client.get(output.get_absolute_url()).content.decode()
    for said in (
        *(
            "plain en",
            "use en",
            "misuse en",
            "note en",
            "date_note en",
            "Interim report",
        ),
        *("https://orcid.org/0000-0002-1825-0097", "Cardiff University", "GSR 22/2011"),
        *("0317-8471", "Poverty", "Local authority; Academic", "Rank", "Of 2005"),
        *("A place in a list.", "https://creativecommons.org/licenses/by/4.0/"),
    ):
        assert said in page, said
    page = client.get(f"/cy/outputs/{output.slug}/").content.decode()
    for said in ("plain cy", "use cy", "misuse cy", "Safle", "Tlodi", "deed.cy"):
        assert said in page, said
    page = manager_client.get(url(output)).content.decode()
    assert "Rees, B., 0000-0002-1825-0097\nCardiff University</textarea>" in page
    assert page.count(" checked") == 4


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"authors": "Jones, A.\nRees, B., 0000-0002-1825-0098"}, "Line 2: One digit"),
        ({"issn": "0317-8472"}, "One digit of the ISSN is wrong."),
        ({"audience": ["martians"]}, "martians"),
        ({"subjects": ["99999"]}, "99999"),
        ({"licence": "mine"}, "mine"),
        ({"plain_cy": ""}, "This is missing: plain summary in Welsh."),
        ({"use_en": ""}, "This is missing: how to use it, in English."),
    ],
)
def test_an_error_names_the_field(manager_client, study, whole, fields, error):
    output = make_output(published=True, with_file=True, study=study)
    answer = manager_client.post(url(output), whole | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    output.refresh_from_db()
    assert output.series == ""


def test_an_output_does_not_come_after_itself(manager_client, study, whole):
    old = make_output(study=study, status="draft")
    new = make_output(study=study, status="draft", supersedes=old)
    answer = manager_client.post(url(old), whole | {"supersedes": new.pk})
    assert answer.status_code == 422
    assert "An output cannot come after itself." in answer.content.decode()
    own = manager_client.post(url(old), whole | {"supersedes": old.pk})
    assert own.status_code == 422
    assert Output.objects.get(pk=old.pk).supersedes is None


def test_words_are_those_of_the_study(manager_client, study, term, whole):
    output = make_output(study=study, status="draft")
    other = make_study()
    Term.objects.create(study=other, term_en="Alien", term_cy="Estron")
    assert "Alien" not in manager_client.get(url(output)).content.decode()
    manager_client.post(url(output), whole)
    assert list(output.terms.all()) == [term]
    manager_client.post(url(output), whole | {"study": other.pk})
    assert not output.terms.exists()


def test_the_licence_is_the_open_one_unless_said(client, manager_client, whole):
    del whole["licence"], whole["terms"]
    manager_client.post("/en/outputs/manage/new/", whole)
    output = Output.objects.get()
    assert output.licence == "ogl3"


def test_policy_of_no_study_stays_so(manager_client, whole):
    output = make_output(status="planned", study=None)
    assert manager_client.post(url(output), whole | {"study": ""}).status_code == 302
    output.refresh_from_db()
    assert output.study is None


def test_what_is_planned_is_announced_by_its_summary_alone(client, manager_client):
    texts = {"plain_en": "It finds much.", "plain_cy": "Mae'n canfod llawer."}
    output = make_output(status="planned", **texts)
    assert (
        "It finds much." not in client.get(output.get_absolute_url()).content.decode()
    )
    page = manager_client.get(output.get_absolute_url()).content.decode()
    assert "It finds much." in page
