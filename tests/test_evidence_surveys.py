"""Surveys brought in: every count of the report, errors with their place, what is hidden."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from engagement.audit.models import Entry
from engagement.core import demo
from engagement.evidence import demo as evidence_demo
from engagement.evidence import survey_tables
from engagement.evidence.models import Survey, SurveyResponse
from engagement.evidence.services import answers, codebooks, surveys

pytestmark = pytest.mark.django_db
FOLDER = Path(evidence_demo.__file__).parent / "demo_survey"
BOOK = (FOLDER / "codebook.json").read_bytes()
RESPONSES = (FOLDER / "responses_synthetic.csv").read_bytes()
URL = "/en/evidence/surveys/"
PAGE = f"{URL}wimd-user-survey-2011-synthetic/"


@pytest.fixture
def survey(study):
    return surveys.bring_in(by=None, book=BOOK, responses=RESPONSES)


def as_json(survey, **how):
    rows = list(survey.responses.values_list("answers", flat=True))
    found = survey_tables.as_json(survey, rows, **how)
    return found, {
        q["id"]: {o["code"]: o for o in q["options"]} for q in found["questions"]
    }


def test_the_synthetic_answers_give_every_count_that_the_report_prints(survey):
    """Each figure of the demonstration data that is a question's."""
    found, tables = as_json(survey)
    bases = {question["id"]: question["base"] for question in found["questions"]}
    figures = [
        one
        for one in demo.read(evidence_demo.__file__, "figures")
        if not one["slug"].startswith("survey-")
    ]
    assert len(figures) > 45
    for one in figures:
        slug = one["slug"].replace("-", "_")
        name = next(
            q for q in sorted(tables, key=len, reverse=True) if slug.startswith(f"{q}_")
        )
        codes = {code.lower(): option for code, option in tables[name].items()}
        assert codes[slug.removeprefix(f"{name}_")]["count"] == one["count"], slug
        assert bases[name] == one["base"], slug


@pytest.mark.parametrize(
    ("question", "code", "percent"),
    [
        ("role", "strategic", 20),
        ("consultation", "not_aware", 32),
        ("newsletter_useful", "quite", 49),
        ("elements_used", "yes", 86),
        ("policy_change", "dk", 37),
    ],
)
def test_the_five_that_the_report_rounds_wrongly_are_right(
    survey, question, code, percent
):
    assert as_json(survey)[1][question][code]["percent"] == percent


def test_each_share_has_its_intervals_and_its_worst_case(survey):
    """As they were worked out apart from us."""
    found, tables = as_json(survey)
    assert tables["employer"]["LA"]["wilson95"] == [0.2156, 0.4945]
    assert tables["employer"]["LA"]["bounds"] == [0.0625, 0.8795]
    assert as_json(survey, corrected=True)[1]["employer"]["LA"]["wilson95"] == [
        0.2256,
        0.48,
    ]
    assert found["response_rate"] == {"percent": "18.3%", "wilson95": [0.1379, 0.2389]}
    assert found["response_rate_of_invited"]["percent"] == "16.2%"
    notes = {question["id"]: question["note"] for question in found["questions"]}
    assert notes["useful_wimd"] == "Percentages are rounded and may not sum to 100."
    assert notes["policy_change"] == ""
    assert notes["barriers"].startswith("More than one answer")


def test_a_base_is_who_the_code_book_says(survey):
    found = {question["id"]: question for question in as_json(survey)[0]["questions"]}
    assert (found["elements_used"]["base"], found["elements_used"]["base_rule"]) == (
        28,
        "asked",
    )
    assert found["newsletter_weblinks"]["base"] == 41
    assert found["launch_events_useful"]["base"] == 8


def small_book(**changes):
    question = {
        "id": "useful",
        "text_en": "How useful?",
        "text_cy": "Pa mor ddefnyddiol?",
        "options": [
            {"code": code, "label_en": code, "label_cy": code}
            for code in ("very", "not")
        ],
    }
    book = {
        "slug": "small",
        "study": "wimd",
        "title_en": "Small",
        "title_cy": "Bach",
        "invited": 30,
        "questions": [question],
    }
    return json.dumps(
        book
        | changes
        | {
            "questions": changes.get(
                "questions", [question | changes.get("question", {})]
            )
        }
    ).encode()


def small(study, counts, **changes):
    rows = [code for code, number in counts.items() for _one in range(number)]
    csv = "id,useful\n" + "".join(f"{n},{code}\n" for n, code in enumerate(rows))
    book = small_book(**changes, study=study.slug)
    return surveys.bring_in(by=None, book=book, responses=csv.encode())


@pytest.mark.parametrize(
    ("csv", "row", "column", "problem"),
    [
        ("id,useful\n1,very\n2,quite\n", 3, "useful", "“quite” is no answer to it."),
        ("id,useful\n1,very|not\n", 2, "useful", "Only one answer may be given."),
        ("id,useful\n1,very\n1,not\n", 3, "id", "“1” is there twice."),
        ("id,useful\n,very\n", 2, "id", "Each row needs an id"),
        ("id,useful,age\n1,very,9\n", 1, "age", "There is no such question."),
        ("id\n1\n", 1, "useful", "The column is missing."),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(study, csv, row, column, problem):
    with pytest.raises(answers.BadAnswers) as refused:
        surveys.bring_in(by=None, book=small_book(), responses=csv.encode())
    bad = refused.value.bad[0]
    assert (bad.row, bad.column) == (row, column)
    assert problem in bad.problem
    assert not Survey.objects.exists()


def test_nobody_answers_what_they_were_not_asked():
    changed = RESPONSES.replace(
        b"1,LA,research,quite,quite,aware_not_part,no,,",
        b"1,LA,research,quite,quite,aware_not_part,no,very,",
        1,
    )
    with pytest.raises(answers.BadAnswers, match="not asked of somebody"):
        answers.read(changed, codebooks.read(BOOK))


def test_more_answers_than_people_who_were_reached_are_refused(study):
    with pytest.raises(answers.BadAnswers, match="More answered than were reached"):
        small(study, {"very": 4}, invited=5, undeliverable=2)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_cy": ""}, "In the survey: “title_cy” must be a text"),
        ({"invited": "many"}, "“invited” must be a whole number."),
        ({"invited": 3, "undeliverable": 4}, "More invitations were undeliverable"),
        ({"questions": []}, "no questions"),
        (
            {"question": {"kind": "open"}},
            "In question 1: “kind” must be one of single, multiple.",
        ),
        ({"question": {"options": []}}, "In question 1: it has no options."),
        ({"question": {"asked": {"age": ["1"]}}}, "of a question before: “age”"),
        ({"question": {"text_cy": None}}, "In question 1: “text_cy” must be a text"),
    ],
)
def test_what_is_wrong_in_a_code_book_is_said_with_its_place(changes, said):
    with pytest.raises(codebooks.BadBook, match=said):
        codebooks.read(small_book(**changes))
    with pytest.raises(codebooks.BadBook, match="JSON"):
        codebooks.read(b"\xff")


def test_staff_bring_in_look_and_publish(client, manager_client, study):
    def files(responses=RESPONSES):
        return {
            "book": SimpleUploadedFile("book.json", BOOK),
            "responses": SimpleUploadedFile("answers.csv", responses),
        }

    wrong = manager_client.post(URL, files(RESPONSES.replace(b"2,LA,", b"2,XX,", 1)))
    assert wrong.status_code == 422
    assert "“XX” is no answer to it." in wrong.content.decode()
    assert manager_client.post(URL, files()).url == PAGE
    assert client.get(PAGE).status_code == 404
    assert "Only staff see this page" in manager_client.get(PAGE).content.decode()
    assert manager_client.post(f"{PAGE}publish/").url == PAGE
    html = client.get(PAGE).content.decode()
    assert "These answers are made up" in html
    assert "18.3% of 224 reached, 95% interval 13.8% to 23.9%" in html
    assert [
        e.action
        for e in Entry.objects.filter(target_kind="evidence.survey").order_by("pk")
    ] == ["survey.imported", "survey.published"]
    manager_client.post(f"{PAGE}discard/")
    assert Survey.objects.count() == 1


def test_what_was_not_published_can_be_thrown_away(manager_client, survey):
    assert manager_client.post(f"{PAGE}discard/").url == URL
    assert not SurveyResponse.objects.exists()
    assert (
        "No survey has been brought in yet." in manager_client.get(URL).content.decode()
    )


def test_the_same_files_again_are_the_same_survey(survey):
    assert surveys.bring_in(by=None, book=BOOK, responses=RESPONSES) == survey
    with pytest.raises(surveys.SlugTaken):
        surveys.bring_in(
            by=None, book=BOOK, responses=RESPONSES.replace(b"41,OPB", b"41,WG")
        )


def test_the_public_sees_no_small_count_and_staff_fewer_are_hidden(survey):
    """Of 41, 18 have research posts, and there are others of 8, 7, 4 and 4."""
    rows = list(survey.responses.values_list("answers", flat=True))

    def role(fewest):
        found = survey_tables.questions(survey, rows, fewest=fewest)
        question = next(one for one in found if one.id == "role")
        return [line.part for line in question.lines], question

    assert role(10)[0] == ["18", "hidden", "hidden", "hidden", "hidden"]
    assert role(5)[0].count("hidden") == 2
    _parts, question = role(10)
    assert question.hides
    assert "20%" not in question.chart.svg


def test_the_page_is_read_in_welsh_and_asks_little(
    client, survey, django_assert_max_num_queries
):
    surveys.publish(by=None, survey=survey)
    with django_assert_max_num_queries(4):
        html = client.get(PAGE.replace("/en/", "/cy/")).content.decode()
    assert "Awdurdod lleol" in html
    assert "cyfwng 95%" in html


def test_the_command_brings_in_and_writes_the_tables(study, tmp_path):
    paths = [
        str(FOLDER / "codebook.json"),
        str(FOLDER / "responses_synthetic.csv"),
    ]
    out = StringIO()
    call_command("import_survey", *paths, "--json", "--dry-run", stdout=out)
    assert not Survey.objects.exists()
    call_command(
        "import_survey", *paths, "--json", "--correct", stdout=(out := StringIO())
    )
    found = json.loads(out.getvalue())
    assert found["questions"][0]["options"][0]["wilson95"] == [0.2256, 0.48]
    assert Survey.objects.count() == 1
    bad = tmp_path / "bad.csv"
    bad.write_bytes(RESPONSES.replace(b"2,LA,", b"2,XX,", 1))
    with pytest.raises(CommandError, match="row 3, employer"):
        call_command("import_survey", paths[0], bad)
