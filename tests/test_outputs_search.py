"""Finding outputs by words; the same cases run on SQLite and on PostgreSQL."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.core import folding
from engagement.outputs import finding
from engagement.outputs.models import Edition, Output, SearchEntry
from engagement.outputs.services import outputs, search
from engagement.people.models import Interest
from engagement.studies.models import Term
from tests.factories import make_file, make_output

pytestmark = pytest.mark.django_db
HOSTILE = [
    '"',
    '""',
    "*",
    "a*b",
    "AND",
    "NOT x",
    "NEAR(a b)",
    "title:x",
    "-",
    "'",
    "\\",
]
HOSTILE += [
    "\x00",
    "a\x00b",
    ")(",
    "a & b | !c",
    ":*",
    "'' <-> ''",
    "%s",
    "ß",
    "x" * 10_000,
]
HOSTILE += [
    "a " * 5_000,
    '"' * 10_000,
    "'; DROP TABLE outputs_output; --",
    "😀",
    "\ud800",
]


@pytest.fixture
def corpus(study):
    """Slugs say what is in it."""
    index = make_output(
        slug="index",
        published=True,
        study=study,
        title_en="Welsh Index of Multiple Deprivation",
        title_cy="Mynegai Amddifadedd Lluosog Cymru",
        summary_en="Ranks of *small areas*: don't add them up.",
        summary_cy="Safleoedd tŷ a dŵr mewn **ardaloedd bach**.",
        plain_en="Where people lack most.",
        authors=["Gruffudd, Siân, 0000-0002-1825-0097", "Swyddfa'r Ystadegau"],
        publisher="Welsh Government",
        series="GSR",
        number="22/2011",
        issn="1234-5679",
    )
    edition = Edition.objects.create(
        output=index,
        published_at=timezone.now(),
        isbn="978-0-7504-6311-2",
        doi="10.5072/wimd.2011",
    )
    subject = Interest.objects.create(
        slug="poverty", name_en="Child poverty", name_cy="Tlodi plant"
    )
    words = {"term_en": "Lower layer area", "term_cy": "Ardal haen is"}
    term = Term.objects.create(study=study, abbreviation_en="LSOA", **words)
    index.subjects.add(subject)
    index.terms.add(term)
    search.reindex(index)
    make_output(slug="house", published=True, title_en="A house", title_cy="Y ty")
    make_output(slug="later", status="planned", title_en="Houses to come")
    make_output(slug="draft", status="draft", title_en="A secret house of water")
    return edition


def found(words, rows=None):
    rows = Output.objects.listed() if rows is None else rows
    hits = finding.search(words, rows)
    by_pk = rows.in_bulk([hit.output_id for hit in hits])
    return [by_pk[hit.output_id].slug for hit in hits]


CASES = [
    ("index", {"index"}),
    ("INDEX deprivation", {"index"}),
    ("deprivation index", {"index"}),
    ("index house", set()),
    ("hous", {"house", "later"}),
    ("hou house", set()),
    ("house come", set()),
    ("houses com", {"later"}),
    ('"house"', {"house"}),
    ("mynegai", {"index"}),
    ("lluosog cymru", {"index"}),
    ("ty", {"index", "house"}),
    ("tŷ", {"index", "house"}),
    ("TY\u0302", {"index", "house"}),
    ("dwr", {"index"}),
    ("dŵr", {"index"}),
    ('"small areas"', {"index"}),
    ('"areas small"', set()),
    ('"multiple deprivation" ranks', {"index"}),
    ('"multiple depri', {"index"}),
    # The end of one text and the start of the next are no phrase, nor title and text.
    ('"deprivation ranks"', set()),
    ('"most sian"', set()),
    ("don't", {"index"}),
    ("sian gruffudd", {"index"}),
    ("gruffudd 22/2011", {"index"}),
    ("swyddfa'r ystadegau", {"index"}),
    ("gsr 22", {"index"}),
    ("2011/22", set()),
    ("1234-5679", {"index"}),
    ("978-0-7504-6311-2", {"index"}),
    ("9780750463112", {"index"}),
    ("97807504", {"index"}),
    ("10.5072/wimd.2011", {"index"}),
    ("child poverty", {"index"}),
    ("tlodi", {"index"}),
    ("lsoa", {"index"}),
    ("haen is", {"index"}),
    ("welsh government", {"index"}),
    # Words of both languages in one search are not in one text.
    ("index mynegai", set()),
    ("secret", set()),
    ("water", set()),
    ("e", set()),
    ("", set()),
    ("!?", set()),
]


@pytest.mark.parametrize(("words", "slugs"), CASES)
def test_finds_the_same_in_every_database(corpus, words, slugs):
    assert set(found(words)) == slugs


def test_what_is_in_the_title_comes_first(db):
    make_output(slug="b", published=True, summary_en="Of floods, once.")
    make_output(slug="a", published=True, title_en="Floods")
    make_output(slug="c", published=True, summary_en="Floods here.")
    assert found("floods")[0] == "a"


def test_says_in_which_language_it_was_found(corpus):
    assert [
        hit.language for hit in finding.search("mynegai", Output.objects.all())
    ] == ["cy"]
    for lang in ("en", "cy"):
        with translation.override(lang):
            (hit,) = finding.search("sian", Output.objects.all())
            assert hit.language == lang


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_is_an_error(corpus, words):
    assert "draft" not in found(words)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40) | st.text("ab\"*:()-^'&|!<> ", max_size=30))
def test_any_words_are_harmless_and_find_no_draft(corpus, words):
    assert set(found(words)) <= {"index", "house", "later"}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=30))
def test_what_has_words_is_found_by_them(db, title):
    one = make_output(
        published=True, title_en=title or "x", summary_en="", summary_cy=""
    )
    ours = Output.objects.filter(pk=one.pk)
    words = folding.words(title)
    # What SQLite's Unicode (6.1) does not know as a letter, it does not find.
    if words and all(word.isascii() for word in words):
        assert found(" ".join(words), ours) == [one.slug]


def test_an_edition_that_is_not_out_adds_nothing(corpus):
    later = Edition.objects.create(
        output=corpus.output, number=2, isbn="978-1-4028-9462-6", note_en="Embargoed"
    )
    search.reindex(corpus.output)
    assert found("9781402894626") == found("embargoed") == []
    later.published_at = timezone.now()
    later.save()
    search.reindex(corpus.output)
    assert found("9781402894626") == found("embargoed") == ["index"]


def test_what_an_output_says_is_found_only_while_it_is_out(corpus):
    output = corpus.output
    for status, slugs in [("planned", []), ("published", ["index"]), ("withdrawn", [])]:
        output.status = status
        output.withdrawn_reason_en = "Miscounted" if status == "withdrawn" else ""
        output.withdrawn_reason_cy = output.withdrawn_reason_en
        output.save()
        search.reindex(output)
        rows = Output.objects.all()
        assert found("ranks", rows) == found("lack most", rows) == slugs
        for words in ("deprivation", "gsr 22/2011"):
            assert found(words, rows) == ["index"]
    assert found("miscounted", rows) == ["index"]
    assert found("deprivation") == []


def test_what_is_written_is_found_at_once(study):
    fields = {"title_en": "Snow", "title_cy": "Eira", "kind": "report", "study": study}
    output = outputs.create(by=None, fields=fields)
    assert found("snow") == []
    assert found("snow", Output.objects.all()) == [output.slug]
    texts = {f"summary_{lang}": "In hail" for lang in ("en", "cy")}
    output = outputs.update(by=None, output=output, fields=texts)
    make_file(output=output)
    outputs.publish(by=None, output=output)
    assert found("eira") == found("hail") == [output.slug]
    reasons = {"reason_en": "Wrong", "reason_cy": "Anghywir"}
    outputs.withdraw(by=None, output=output, **reasons)
    assert found("eira") == found("hail", Output.objects.all()) == []
    output = outputs.restore(by=None, output=output)
    assert found("hail") == [output.slug]
    outputs.update(by=None, output=output, fields={"title_en": "Rain"})
    assert found("snow") == []
    output.delete()
    assert found("rain", Output.objects.all()) == []


def test_the_command_writes_all_of_it_anew(corpus, capsys):
    SearchEntry.objects.all().delete()
    assert found("index") == []
    call_command("reindex_outputs")
    assert "4 outputs" in capsys.readouterr().out
    assert found("index") == ["index"]
    assert SearchEntry.objects.count() == 8


def test_shows_where_the_words_stand(corpus):
    (result,) = finding.with_snippets(
        finding.search("small ran", Output.objects.all()), "small ran"
    )
    assert result.snippet == (
        "<mark>Ranks</mark> of <mark>small</mark> areas: don&#x27;t add them up."
    )
    assert result.language == "en"
    asked = finding.understood("dwr")
    assert finding.snippet("Tŷ a dŵr <b>", asked) == "Tŷ a <mark>dŵr</mark> &lt;b&gt;"
    assert finding.snippet("D\u0175r", asked) == "<mark>D\u0175r</mark>"
    assert finding.snippet("nothing", asked) is None
    long = finding.snippet("a " * 50 + "dwr" + " b" * 50, asked)
    assert long.startswith("… a ")
    assert long.endswith("b …")
    assert long.count("<mark>") == 1


@settings(max_examples=50)
@given(text=st.text(max_size=60), words=st.text(max_size=20))
def test_a_snippet_is_always_safe(text, words):
    shown = finding.snippet(text, finding.understood(words))
    bare = (shown or "").replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare


def test_costs_few_queries(corpus, django_assert_max_num_queries):
    for number in range(15):
        make_output(published=True, title_en=f"House {number}", authors=["A, B"])
    with django_assert_max_num_queries(7):
        hits = finding.search("house", Output.objects.visible_to(AnonymousUser()))
        assert len(finding.with_snippets(hits, "house")) == 17
