"""How many know of a study, beside others, from surveys."""

import json

import pytest

from engagement.evidence import awareness
from engagement.evidence.services import surveys
from engagement.metrics import registry
from tests import factories
from tests.support.reported import sit
from tests.test_evidence_surveys import small, small_book

pytestmark = pytest.mark.django_db
LIMIT = 12
KNOWN = {"aware": ["very"]}


def page(client, slug="wimd"):
    return client.get(f"/en/reports/{slug}/awareness/")


def text(answer):
    return " ".join(answer.content.decode().split())


def publish(study, very, rest, slug="small"):
    survey = small(study, {"very": very, "not": rest}, question=KNOWN, slug=slug)
    surveys.publish(by=None, survey=survey)
    return survey


def about_both(study, other, answers):
    """One survey that asks the same people about two studies."""
    book = json.loads(small_book(study=study.slug, slug="both"))
    first = book["questions"][0] | KNOWN
    book["questions"] = [first, first | {"id": "useful2", "about": other}]
    lines = [f"{n},{one},{two}" for n, (one, two) in enumerate(answers)]
    csv = "\n".join(["id,useful,useful2", *lines])
    survey = surveys.bring_in(
        by=None, book=json.dumps(book).encode(), responses=csv.encode()
    )
    surveys.publish(by=None, survey=survey)
    return survey


@pytest.fixture
def other():
    return factories.make_study(
        slug="lti", abbreviation_en="LTI", abbreviation_cy="DiW", title_en="Learning"
    )


def test_for_managers_and_those_who_sit_in_a_group_of_the_study(
    client, manager_client, member_client, steering_member, study
):
    assert page(client).status_code == 302
    assert page(member_client).status_code == 403
    sit(steering_member, study)
    assert page(member_client).status_code == 200
    assert page(manager_client, "none").status_code == 404
    html = text(manager_client.get("/en/reports/wimd/"))
    assert 'href="/en/reports/wimd/awareness/"' in html


def test_where_no_survey_says_anything_that_is_said(manager_client, study):
    small(study, {"very": 20, "not": 9}, question=KNOWN)
    html = text(page(manager_client))
    assert "No published survey says how many know of this study or of any" in html


def test_two_surveys_stand_beside_each_other_with_newcombes_interval(
    manager_client, study, other
):
    publish(study, 20, 8)
    publish(other, 6, 12, slug="other")
    html = text(page(manager_client))
    assert '<td class="number">20</td><td class="number">28</td>' in html
    assert '<td class="number">71.4%</td><td class="number">52.9%</td>' in html
    assert "+38 percentage points (95% interval +9 to +60" in html
    assert "no clear difference" not in html
    assert "LTI" in html[html.index("<tbody") :]


def test_a_difference_that_chance_could_make_is_none(manager_client, study, other):
    publish(study, 10, 8)
    publish(other, 9, 9, slug="other")
    assert "no clear difference (95% interval" in text(page(manager_client))


def test_of_the_same_people_there_is_no_interval(manager_client, study, other):
    about_both(study, "lti", [("very", "not")] * 9 + [("very", "very")] * 6)
    html = text(page(manager_client))
    told = "+60 percentage points; no interval, as the same people answered about both"
    assert told in html
    assert awareness.of(other.pk) == (6, 15, None)
    assert "(95% interval" not in html


def test_a_study_that_no_survey_asked_about_is_named(manager_client, study, other):
    publish(study, 20, 8)
    html = text(page(manager_client))
    assert "No published survey says how many know of:" in html
    assert html.index("Learning") > html.index("No published survey says")


def test_a_few_are_hidden_and_nothing_is_worked_out_from_them(
    manager_client, study, other
):
    publish(study, 20, 8)
    publish(other, 3, 15, slug="other")
    html = text(page(manager_client))
    assert html.count('is-hidden">hidden') == 5
    assert "percentage points (95%" not in html


def test_the_latest_published_survey_counts_and_so_does_the_metric(study):
    publish(study, 20, 8)
    publish(study, 9, 9, slug="later")
    small(study, {"very": 1, "not": 9}, question=KNOWN, slug="draft")
    found = {m.key: r for m, r in registry.for_study(study.pk)}["awareness"]
    assert (found.value, found.base) == (9, 18)


def test_a_question_about_no_study_is_refused(study):
    with pytest.raises(surveys.UnknownStudy, match="“lost”"):
        about_both(study, "lost", [("very", "very")])


def test_more_surveys_cost_no_more_than_their_answers(
    manager_client, study, other, django_assert_max_num_queries
):
    publish(study, 20, 8)
    publish(study, 21, 8, slug="again")
    publish(other, 6, 12, slug="other")
    with django_assert_max_num_queries(LIMIT):
        page(manager_client)
