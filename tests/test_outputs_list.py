import pytest

from engagement.outputs.models import Output
from engagement.people.models import Interest
from tests.factories import make_file, make_output

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def get(client, query="", lang="en"):
    return client.get(f"/{lang}/outputs/{query}")


def test_published_planned_and_proposed_stand_apart(client):
    make_output(title_en="Some day", status="proposed")
    make_output(title_en="Next year", status="planned")
    make_output(title_en="In hand", published=True)
    page = get(client).content.decode()
    order = ["<h2>Published", "In hand", "<h2>Planned", "Next year"]
    order += ["<h2>Proposed", "Some day"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_drafts_are_not_listed_even_to_staff(client, manager_client):
    make_output(title_en="Half done", status="draft")
    for reader in (client, manager_client):
        assert "Half done" not in get(reader).content.decode()
        assert "Half done" not in get(reader, "?words=half").content.decode()


def test_finds_by_words_of_either_language(client):
    make_output(title_en="Reading the ranks", title_cy="Darllen", published=True)
    make_output(title_en="Ranks of 2008", title_cy="Safleoedd", published=True)
    page = get(client, "?words=ranks+reading").content.decode()
    assert "Reading the ranks" in page
    assert "Ranks of 2008" not in page
    page = get(client, "?words=SAFLEOEDD").content.decode()
    assert "Ranks of 2008" in page
    assert "Outputs found: 1" in page


def test_finds_by_study_kind_and_status(client, study):
    make_output(title_en="Of the study", study=study, published=True)
    make_output(title_en="Its data", study=study, kind="dataset", published=True)
    make_output(title_en="Still to come", study=study, status="planned")
    make_output(title_en="Of nobody", published=True)
    query = f"?study={study.slug}&kind=report&status=published&words="
    page = get(client, query).content.decode()
    assert "Of the study" in page
    for other in ("Its data", "Still to come", "Of nobody"):
        assert other not in page


def test_shows_the_title_in_the_readers_language(client):
    make_output(title_en="A report", title_cy="Adroddiad", published=True)
    page = get(client, lang="cy").content.decode()
    assert "Adroddiad" in page
    assert "A report" not in page
    assert '<html lang="cy">' in page


def test_says_when_nothing_was_found(client):
    make_output(published=True)
    page = get(client, "?words=zzz").content.decode()
    assert "Nothing was found." in page


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("?study=nowhere", "There is no such study."),
        ("?kind=party", "party"),
        ("?status=draft", "draft"),
        ("?year=nought", "nought"),
        ("?subject=nothing", "There is no such subject."),
        ("?audience=aliens", "aliens"),
        ("?language=fr", "fr"),
        (f"?words={'a' * 201}", "200"),
    ],
)
def test_a_wrong_choice_is_named(client, query, error):
    make_output(published=True)
    answer = get(client, query)
    assert answer.status_code == 422
    assert error in answer.content.decode()


@pytest.mark.parametrize("query", ["?words=%00", "?words=a%00b", "?study=%00"])
def test_a_nul_byte_is_refused(client, query):
    assert get(client, query).status_code == 400


def test_pages_hold_twenty(client):
    for number in range(21):
        make_output(title_en=f"No {number:02}", year=1950 + number, published=True)
    Output.objects.update(published_at=None)
    page = get(client, "?words=no").content.decode()
    assert "Page 1 of 2" in page
    assert "No 20" in page
    assert "No 00" not in page
    assert "?words=no&amp;page=2" in page
    assert "No 00" in get(client, "?words=no&page=2").content.decode()
    assert get(client, "?page=nonsense").status_code == 200


def test_what_has_no_date_comes_last(client):
    make_output(title_en="Undated", status="published", slug="a")
    make_output(title_en="Dated", status="published", year=2008, slug="b")
    make_output(title_en="Ours", published=True, slug="c")
    page = get(client).content.decode()
    assert page.index("Ours") < page.index("Dated") < page.index("Undated")


def test_a_script_is_shown_as_text(client):
    make_output(title_en=SCRIPT, title_cy=SCRIPT, published=True)
    for query in ("", f"?words={SCRIPT}", f"?kind={SCRIPT}"):
        page = get(client, query).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_finds_by_year_subject_audience_and_language_of_files(client):
    subject = Interest.objects.create(slug="p", name_en="Poverty", name_cy="Tlodi")
    both = make_output(title_en="Both", published=True, year=2011)
    welsh = make_output(title_en="Welsh", published=True, audience=["voluntary"])
    make_file(output=both, language="both")
    make_file(output=welsh, language="cy")
    to_come = make_output(title_en="To come", status="planned", year=2011)
    make_file(output=to_come, language="cy")
    both.subjects.add(subject)
    wanted = {
        "year=2011": ["Both", "To come"],
        "year=2011&language=en": ["Both"],
        "language=cy": ["Both", "Welsh"],
        "language=en": ["Both"],
        "subject=p": ["Both"],
        "audience=voluntary": ["Welsh"],
        "audience=voluntary&year=2011": [],
        "words=both&year=2011": ["Both"],
        "words=welsh&year=2011": [],
    }
    for query, titles in wanted.items():
        page = get(client, f"?{query}").content.decode()
        assert [t for t in ("Both", "To come", "Welsh") if f'/">{t}<' in page] == titles
    assert "search without narrowing it down" in page
    assert 'href="?words=welsh"' in page


def test_shows_the_words_that_were_found(client):
    make_output(published=True, summary_en="Rain on <b> the roof", summary_cy="Glaw")
    page = get(client, "?words=roof+rain").content.decode()
    assert "<mark>Rain</mark> on &lt;b&gt; the <mark>roof</mark>" in page
    page = get(client, "?words=glaw").content.decode()
    assert '<p lang="cy"><mark>Glaw</mark></p>' in page


def test_is_for_looking_only(client):
    assert client.post("/en/outputs/").status_code == 405


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    for _ in range(6):
        make_output(study=study, published=True, title_en="House")
    with django_assert_max_num_queries(6):
        get(client)
    with django_assert_max_num_queries(12):
        get(client, "?words=house")
