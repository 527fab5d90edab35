"""Citations, as the programs read them that people keep them in."""

import json
from datetime import UTC, datetime

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engagement.outputs import citations
from engagement.outputs.citations import bibtex, csl, harvard, ris
from engagement.outputs.models import Author, Edition, Output
from engagement.people.models import Interest
from tests.factories import make_file, make_output
from tests.factories.outputs import WITHDRAWN

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME = "http://127.0.0.1:8000"


@pytest.fixture
def output(study):
    output = make_output(
        slug="ranks",
        status="published",
        published_at=DAY,
        study=study,
        title_en="Ranks & files: 50% of {what} we_know",
        title_cy="Safleoedd tŷ a dŵr",
        plain_en="What it *says*.",
        authors=["Siân-Llŷr, Gwen Mair, 0000-0002-1825-0097", "Office and Company"],
        publisher="Welsh Government",
        series="GSR",
        number="22/2011",
        issn="1234-5679",
    )
    subject = Interest.objects.create(slug="p", name_en="Poverty", name_cy="Tlodi")
    output.subjects.add(subject)
    Edition.objects.create(
        output=output,
        published_at=DAY,
        isbn="978-0-7504-6311-2",
        doi="10.5072/ranks_1",
    )
    return output


def get(client, output, ending, lang="en", edition=None):
    place = f"editions/{edition}/" if edition else ""
    answer = client.get(f"/{lang}/outputs/{output.slug}/{place}cite.{ending}")
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def read_bibtex(text):
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def unbraced(text):
    return text.replace("{", "").replace("}", "")


def test_bibtex(client, output):
    text = get(client, output, "bib")
    assert "title = {{Ranks \\& files: 50\\% of \\textbraceleft{}what" in text
    assert "author = {Siân-Llŷr, Gwen Mair and {Office and Company}}" in text
    entry = read_bibtex(text)
    assert (entry.entry_type, entry.key) == ("techreport", "ranks-1")
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert fields["year"] == "2026"
    assert fields["month"] == "3"
    assert unbraced(fields["institution"]) == "Welsh Government"
    assert fields["number"] == "22/2011"
    assert fields["isbn"] == "978-0-7504-6311-2"
    assert fields["language"] == "english"
    assert fields["abstract"] == "What it says."
    assert "doi = {10.5072/ranks_1}" in text
    assert f"url = {{{HOME}/en/outputs/ranks/editions/1/}}" in text
    entry = read_bibtex(get(client, output, "bib", "cy"))
    assert unbraced(entry["title"]) == "Safleoedd tŷ a dŵr"
    assert entry["language"] == "welsh"


def test_ris(client, output):
    text = get(client, output, "ris")
    (found,) = rispy.loads(text)
    assert found["type_of_reference"] == "RPRT"
    assert found["authors"] == ["Siân-Llŷr, Gwen Mair", "Office and Company"]
    assert found["title"] == "Ranks & files: 50% of {what} we_know"
    assert found["year"] == "2026"
    assert found["date"] == "2026/03/02"
    assert found["doi"] == "10.5072/ranks_1"
    assert found["issn"] == "978-0-7504-6311-2"
    assert found["urls"] == [f"{HOME}/en/outputs/ranks/editions/1/"]
    assert found["keywords"] == ["Poverty"]
    assert found["language"] == "en"
    assert text.endswith("\r\nER  - \r\n")


def test_csl_json(client, output):
    (found,) = json.loads(get(client, output, "json"))
    assert found["type"] == "report"
    assert found["author"] == [
        {"family": "Siân-Llŷr", "given": "Gwen Mair"},
        {"literal": "Office and Company"},
    ]
    assert found["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert found["collection-title"] == "GSR"
    assert found["DOI"] == "10.5072/ranks_1"
    assert found["language"] == "en-GB"
    assert json.loads(get(client, output, "json", "cy"))[0]["keyword"] == "Tlodi"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            (
                "Siân-Llŷr, G. M. and Office and Company (2026). Ranks & files: 50% of {what} "
                "we_know. Welsh Government, GSR 22/2011. ISBN 978-0-7504-6311-2. Available "
                "at: https://doi.org/10.5072/ranks_1"
            ),
        ),
        (
            "cy",
            (
                "Siân-Llŷr, G. M. ac Office and Company (2026). Safleoedd tŷ a dŵr. Welsh "
                "Government, GSR 22/2011. ISBN 978-0-7504-6311-2. Ar gael yn: "
                "https://doi.org/10.5072/ranks_1"
            ),
        ),
    ],
)
def test_plain(client, output, lang, expected):
    assert get(client, output, "txt", lang) == expected


@pytest.mark.parametrize(
    ("fields", "lang", "expected"),
    [
        ({"authors": ["Rees, Bob Ann"], "year": 2011}, "en", "Rees, B. A. (2011). T."),
        ({"authors": ["Rees, Jean-Luc"]}, "en", "Rees, J.-L. (n.d.). T."),
        ({"authors": ["Rees, B."]}, "cy", "Rees, B. (d.d.). T."),
        ({}, "en", "T (n.d.)."),
        ({"authors": ["A, B", "C, D", "E, F"]}, "en", "A, B., C, D. and E, F. (n.d.)."),
        ({"authors": ["A, B", "Morris, D"]}, "cy", "A, B. a Morris, D. (d.d.)."),
        (
            {"authors": ["The Office"], "publisher": "The Office"},
            "en",
            "The Office (n.d.). T. Available",
        ),
        ({"title_en": "Why?", "year": 2008}, "en", "Why? (2008). Available at: http"),
        ({"title_en": "Why?", "authors": ["A"]}, "en", "A (n.d.). Why? Available"),
    ],
)
def test_plain_of_what_lacks_something(client, fields, lang, expected):
    texts = {"title_en": "T", "title_cy": "T", "status": "published"}
    output = make_output(**texts | fields)
    assert get(client, output, "txt", lang).startswith(expected)


def test_each_edition_has_its_own(client, output):
    second = Edition.objects.create(
        output=output, number=2, year=2028, published_at=DAY
    )
    third = Edition.objects.create(output=output, number=3, isbn="978-1-4028-9462-6")
    assert "(2028). Ranks" in get(client, output, "txt")
    assert "we_know, edition 2." in get(client, output, "txt")
    assert "(2026). Ranks" in get(client, output, "txt", edition=1)
    assert "edition = {2}" in get(client, output, "bib", edition=2)
    # What is not out yet is not cited, and named nowhere.
    assert get(client, output, "txt", edition=3) == 404
    assert third.isbn not in get(client, output, "json")
    second.withdrawn_reason_en = second.withdrawn_reason_cy = "Wrong."
    second.withdrawn_at = DAY
    second.save()
    assert "(2026). Ranks" in get(client, output, "txt")


@pytest.mark.parametrize("status", ["draft", "planned", "proposed"])
def test_what_is_not_out_cannot_be_cited(client, manager_client, status):
    output = make_output(status=status)
    Edition.objects.create(output=output)
    for reader in (client, manager_client):
        for ending in ("bib", "ris", "json", "txt", "jsonld"):
            assert get(reader, output, ending) == 404
            assert get(reader, output, ending, edition=1) == 404
        page = reader.get(output.get_absolute_url())
        assert "Cite this" not in page.content.decode()


def test_what_was_withdrawn_says_so(client, output):
    Output.objects.update(**WITHDRAWN)
    assert "Withdrawn. Available at" in get(client, output, "txt")
    for ending in ("bib", "ris", "json", "jsonld"):
        assert "What it says" not in get(client, output, ending)


def test_an_ending_that_there_is_none_of(client, output):
    assert get(client, output, "exe") == 404
    assert client.post(f"/en/outputs/{output.slug}/cite.bib").status_code == 405


def test_the_kinds_of_file(client, output):
    kinds = {"bib": "application/x-bibtex", "txt": "text/plain"}
    for ending, kind in kinds.items():
        answer = client.get(f"/en/outputs/{output.slug}/cite.{ending}")
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    answer = client.get(f"/en/outputs/{output.slug}/cite.ris")
    assert answer["Content-Disposition"] == 'attachment; filename="ranks-1.ris"'


def test_the_page_says_how_to_cite_it(client, output):
    page = client.get(output.get_absolute_url()).content.decode()
    assert "Cite this" in page
    assert "Ranks &amp; files: 50% of {what} we_know. Welsh Government" in page
    for ending in ("bib", "ris", "json", "txt"):
        assert f'href="{HOME}/en/outputs/ranks/cite.{ending}"' in page


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
# A form asks for a name that can be seen.
NAME = TEXT.filter(lambda text: any(c.isprintable() and c != " " for c in text))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, family=NAME, given_name=st.text(max_size=10))
@example("a \\ b } c { d", "Smith and Sons, {Ltd", "")
@example("ER  - \r\nTY  - JOUR\n", "a\nAU  - b", "c\x85d")
@example('"@misc{x, title={y}}', "O'Neill", "%")
def test_any_text_comes_back_from_bibtex_and_ris(output, title, family, given_name):
    output.title_en, output.title_cy = title, ""
    output._prefetched_objects_cache = {
        "authors": [Author(family=family, given=given_name)]
    }
    cited = citations.of(output)
    entry = read_bibtex(bibtex.write(cited))
    assert set(entry.fields_dict) >= {"title", "author", "doi", "url"}
    plain = "".join(c for c in title if c.isascii() and c.isalnum())
    kept = unbraced(entry["title"])
    assert plain == "".join(c for c in kept if c.isascii() and c.isalnum())
    (row,) = rispy.loads(ris.write(cited))
    assert len(row["authors"]) == 1
    assert row["doi"] == "10.5072/ranks_1"
    (item,) = json.loads(csl.write(cited))
    assert item["title"] == title
    assert harvard.write(cited).endswith(
        "Available at: https://doi.org/10.5072/ranks_1"
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_costs_few_queries(client, output, lang, django_assert_max_num_queries):
    make_file(output=output)
    with translation.override(lang), django_assert_max_num_queries(6):
        get(client, output, "bib", lang)
