"""The words of a study: read by everybody, kept by staff."""

import pytest

from engagement.audit.models import Entry
from engagement.studies.models import Term
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {
    "term_en": "Lower Super Output Area",
    "term_cy": "Ardal Gynnyrch Ehangach Haen Is",
    "abbreviation_en": "LSOA",
    "abbreviation_cy": "",
    "meaning_en": "A small area.",
    "meaning_cy": "Ardal fach.",
}


def path(*parts, lang="en"):
    return f"/{lang}/studies/wimd/glossary/" + "".join(f"{part}/" for part in parts)


@pytest.fixture
def term(study):
    return Term.objects.create(study=study, **WORDS)


def test_anybody_reads_it_in_either_language(client, term):
    english = client.get(path()).content.decode()
    assert "Lower Super Output Area" in english
    assert "(LSOA)" in english
    assert "A small area." in english
    welsh = client.get(path(lang="cy")).content.decode()
    assert "Ardal Gynnyrch Ehangach Haen Is" in welsh
    assert "(LSOA)" in welsh
    assert "Ardal fach." in welsh
    assert "edit" not in english.lower().split("<main")[1].split("</main")[0]


def test_each_language_has_an_order_of_its_own(client, study):
    Term.objects.create(study=study, term_en="a one", term_cy="z un")
    Term.objects.create(study=study, term_en="b two", term_cy="a dau")
    english, welsh = (client.get(path(lang=x)).content.decode() for x in ("en", "cy"))
    assert english.index("a one") < english.index("b two")
    assert welsh.index("a dau") < welsh.index("z un")


def test_the_study_leads_to_it_and_an_empty_one_says_so(client, study):
    assert path() in client.get("/en/studies/wimd/").content.decode()
    assert "The glossary has no words yet." in client.get(path()).content.decode()
    assert client.get("/en/studies/none/glossary/").status_code == 404


def test_staff_add_change_and_remove_a_word(manager_client, study):
    assert manager_client.post(path("new"), WORDS).url == path()
    term = Term.objects.get()
    assert (term.study, term.abbreviation_en) == (study, "LSOA")
    manager_client.post(path(term.pk), WORDS | {"abbreviation_cy": "AGEHI"})
    term.refresh_from_db()
    assert term.abbreviation_cy == "AGEHI"
    assert manager_client.post(path(term.pk, "remove")).url == path()
    assert not Term.objects.exists()
    actions = Entry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["term.added", "term.changed", "term.removed"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"term_en": " "}, "Enter the word in English."),
        ({"term_cy": ""}, "Enter the word in Welsh."),
        ({"meaning_cy": ""}, "Enter the meaning in Welsh too."),
        ({"meaning_en": ""}, "Enter the meaning in English too."),
    ],
)
def test_a_word_has_two_languages(manager_client, study, change, message):
    answer = manager_client.post(path("new"), WORDS | change)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Term.objects.exists()


def test_a_word_is_there_once(manager_client, term):
    again = WORDS | {"term_en": "LOWER SUPER OUTPUT AREA"}
    answer = manager_client.post(path("new"), again)
    assert answer.status_code == 422
    assert "The glossary has this word already." in answer.content.decode()
    assert manager_client.post(path(term.pk), WORDS).status_code == 302


def test_another_study_may_have_the_same_word(manager_client, term):
    factories.make_study(slug="lti")
    address = "/en/studies/lti/glossary/new/"
    assert manager_client.post(address, WORDS).status_code == 302


def test_a_word_is_found_in_its_own_study_only(manager_client, term):
    factories.make_study(slug="lti")
    assert manager_client.get(f"/en/studies/lti/glossary/{term.pk}/").status_code == 404


@pytest.mark.parametrize("parts", [["new"], [1]])
def test_only_managers_write(client, member_client, study, parts):
    assert client.get(path(*parts)).status_code == 302
    assert member_client.get(path(*parts)).status_code == 403


def test_following_a_link_removes_nothing(manager_client, term):
    assert manager_client.get(path(term.pk, "remove")).status_code == 405


def test_many_words_are_one_question(client, study, django_assert_max_num_queries):
    for n in range(20):
        Term.objects.create(study=study, term_en=f"Word {n}", term_cy=f"Gair {n}")
    with django_assert_max_num_queries(3):
        client.get(path())
