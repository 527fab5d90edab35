"""Finding what an article leads to: without a script, in either language."""

import re
from urllib.parse import urlencode

import pytest

from newsletters.services import links
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return factories.make_issue(articles=1)


@pytest.fixture
def article(issue):
    return issue.places.get().article


@pytest.fixture
def outputs(article):
    titles = [
        ("Poverty in coastal towns", "Tlodi mewn trefi glan môr"),
        ("Côte and coast", "Yr arfordir"),
        ("Schools and reading", "Ysgolion a darllen"),
    ]
    return [
        factories.make_output(study=article.study, title_en=en, title_cy=cy, year=2024)
        for en, cy in titles
    ]


def path(issue, article, lang="en"):
    return f"/{lang}/newsletters/issues/{issue.pk}/articles/{article.pk}/links/"


def found(client, issue, article, words, lang="en"):
    query = urlencode({"q": words})
    answer = client.get(f"{path(issue, article, lang)}?{query}")
    assert answer.status_code == 200
    return set(re.findall(r'name="target" value="([^"]+)"', answer.content.decode()))


def values(outputs, *numbers):
    return {f"output:{outputs[number].pk}" for number in numbers}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("cot", [1]),
        ("CÔT", [1]),
        ("coast", [0, 1]),
        ("towns coastal", [0]),
        ("glan mor", [0]),
        ("môr", [0]),
        ("2024 reading", [2]),
        ("no such thing", []),
    ],
)
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_words_of_either_language_however_accented(
    manager_client, issue, article, outputs, words, numbers, lang
):
    assert found(manager_client, issue, article, words, lang) == values(
        outputs, *numbers
    )


def test_events_and_the_form_to_ask_are_found_by_kind(manager_client, issue, article):
    event = factories.make_event(published=True)
    words = event.get_kind_display()
    assert f"event:{event.pk}" in found(manager_client, issue, article, words)
    assert found(manager_client, issue, article, "ask team") == {
        f"ask:{article.study_id}"
    }
    page = manager_client.get(path(issue, article)).content.decode()
    assert f"{event.starts_at:%Y}" in page


def test_one_is_added_and_the_search_goes_on(manager_client, issue, article, outputs):
    target = f"output:{outputs[0].pk}"
    answer = manager_client.post(
        path(issue, article), {"target": target, "q": "coast & sea?"}
    )
    assert answer.url == f"{path(issue, article)}?q=coast+%26+sea%3F"
    assert article.links.get().output == outputs[0]
    assert found(manager_client, issue, article, "coast") == values(outputs, 1)


def test_what_is_refused_keeps_the_search(manager_client, issue, article, outputs):
    answer = manager_client.post(
        path(issue, article), {"target": "output:0", "q": "coast"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#id_target"' in page
    assert 'value="coast"' in page


def test_many_are_cut_and_that_is_said(manager_client, issue, article):
    for number in range(30):
        factories.make_output(study=article.study, title_en=f"Report {number}")
    page = manager_client.get(f"{path(issue, article)}?q=report+").content.decode()
    assert "Found: 30." in page
    assert "The first 25 are shown" in page
    assert len(re.findall('name="target"', page)) == 25


@pytest.mark.parametrize("words", ["a" * 500, "<script>", "(", "%", "\ufeff"])
def test_what_makes_no_sense_is_no_crash(manager_client, issue, article, words):
    found(manager_client, issue, article, words)


def test_looking_changes_nothing(manager_client, issue, article, outputs):
    target = f"output:{outputs[0].pk}"
    manager_client.get(path(issue, article), {"target": target, "q": "coast"})
    assert not article.links.exists()


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, issue, article, django_assert_max_num_queries
):
    for number in range(8):
        output = factories.make_output(study=article.study)
        factories.make_event(published=True)
        if number % 2:
            links.add(by=None, article=article, target=f"output:{output.pk}")
    with django_assert_max_num_queries(10):
        manager_client.get(f"{path(issue, article)}?q=a")
