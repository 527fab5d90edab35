"""Abbreviations, jargon, sentences, small numbers, and what is said twice."""

import pytest

from engagement.studies.models import Term
from newsletters.checking import abbreviations, duplicates, jargon, reading, small
from newsletters.models import Issue, IssueArticle
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db


def told(check, en, cy="Dim.", **more):
    findings = issues.by(check, issues.make(en, cy, **more))
    return [(one.code, one.place.language) for one in findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The LSOA is small.", "words.abbreviation"),
        ("LSOAs are small.", "words.abbreviation"),
        ("A Lower Super Output Area (LSOA) is small. An LSOA is.", None),
        ("LSOA (Lower Super Output Area) is long.", None),
        ("*[LSOA]: Lower Super Output Area\n\nThe LSOA.", None),
        ("The LSOA is a Lower Super Output Area (LSOA).", "words.late"),
        ("The UK and the NHS, chapter IV.", None),
        ("IMPORTANT things", None),
    ],
)
def test_an_abbreviation_is_explained_at_its_first_use(text, code):
    expected = [(code, "en")] if code else []
    assert told(abbreviations.check, text) == expected


def test_welsh_is_read_for_itself():
    en, cy = "The Lower Super Output Area (LSOA).", "Yr LSOA."
    assert told(abbreviations.check, en, cy) == [("words.abbreviation", "cy")]


def test_the_glossary_of_the_study_knows_it():
    issue = issues.make("The LSOA.", "Yr LSOA.")
    Term.objects.create(
        study=issue.newsletter.study,
        term_en="Lower Super Output Area",
        term_cy="Ardal Gynnyrch Ehangach Haen Is",
        abbreviation_en="LSOA",
    )
    english, welsh = issues.by(abbreviations.check, issue)
    assert {english.code, welsh.code} == {"words.glossary"}
    assert {english.level, welsh.level} == {"hint"}
    assert "Lower Super Output Area" in english.sentence
    assert "Ardal Gynnyrch Ehangach Haen Is" in welsh.sentence


def test_the_glossary_of_another_study_does_not():
    issue = issues.make("The LSOA.", "Dim.")
    Term.objects.create(
        study=factories.make_study(), term_en="A", term_cy="B", abbreviation_en="LSOA"
    )
    assert [x.code for x in issues.by(abbreviations.check, issue)] == [
        "words.abbreviation"
    ]


def test_the_study_s_own_short_name_is_known():
    study = factories.make_study(abbreviation_en="WIMD", abbreviation_cy="MALlC")
    issue = issues.make(
        "WIMD.", "MALlC.", newsletter=factories.make_newsletter(study=study)
    )
    found = issues.by(abbreviations.check, issue)
    assert [one.level for one in found] == ["hint", "hint"]


def test_a_word_of_the_glossary_comes_with_its_meaning():
    issue = issues.make("The rank of an area. Its rank.", "Safle ardal.")
    Term.objects.create(
        study=issue.newsletter.study,
        term_en="rank",
        term_cy="safle",
        meaning_en="Its place.",
        meaning_cy="Ei lle.",
    )
    found = issues.by(abbreviations.check, issue)
    assert [(one.code, one.place.language) for one in found] == [
        ("words.term", "en"),
        ("words.term", "cy"),
    ]
    assert "Its place." in found[0].sentence


def test_jargon_comes_with_a_plainer_word():
    issue = issues.make("We utilise it, going forward.", "Utilise.")
    found = issues.by(jargon.check, issue)
    assert [one.place.language for one in found] == ["en", "en"]
    assert "“utilise”: plainer would be “use”" in found[0].sentence


def test_long_sentences_are_counted_in_english_only():
    long = "word " * 26
    assert told(reading.check, f"{long}.", f"{long}.") == [("reading.sentence", "en")]
    assert told(reading.check, "word " * 25) == []


def test_lix_is_reckoned_as_its_author_did():
    # 40 words in 4 sentences; 10 of them have more than six letters: 10 + 25.
    text = "small words and " * 10 + "considerable " * 10
    words = text.split()
    sentences = ". ".join(" ".join(words[at : at + 10]) for at in range(0, 40, 10))
    measure = reading.measure(None, "en", sentences)
    assert (measure.words, measure.sentences, measure.lix) == (40, 4, 35)


def test_a_hard_text_is_judged_in_english_and_only_shown_in_welsh():
    hard = "Considerable institutional accountability notwithstanding. " * 10
    assert told(reading.check, hard, hard) == [("reading.hard", "en")]
    issue = issues.make(hard, hard)
    from newsletters.checking import loading

    both = {m.language: m.lix for m in reading.measures(loading.load(issue)) if m.lix}
    assert both["cy"] > 50


@pytest.mark.parametrize(("number", "ok"), [(29, 0), (30, 1), (60, 1), (61, 0)])
def test_a_summary_has_thirty_to_sixty_words(number, ok):
    words = "word. " * number
    found = told(reading.check, words, words, field="summary")
    assert found == (
        [] if ok else [("reading.summary", "en"), ("reading.summary", "cy")]
    )


@pytest.mark.parametrize(
    ("en", "cy", "languages"),
    [
        ("Only 3 people came.", "Dim ond 3 o bobl a ddaeth.", ["en", "cy"]),
        ("Two older respondents.", "Dau ymatebydd.", ["en", "cy"]),
        ("5 people, 13 people.", "5 o bobl, 13 o bobl.", []),
        ("Rank 1 is the most deprived.", "Safle 1.", []),
        ("|A|B|\n|-|-|\n|1|3|", "Dim", ["en"]),
        ("|A|B|\n|-|-|\n|1|30|", "Dim", []),
    ],
)
def test_small_numbers_of_people(en, cy, languages):
    found = issues.by(small.check, issues.make(en, cy))
    assert [one.place.language for one in found] == languages
    assert {one.level for one in found} <= {"warn"}


def test_the_same_words_in_two_articles():
    issue = issues.make()
    same = issue.places.get().article
    other = factories.make_article(title_en=same.title_en)
    IssueArticle.objects.create(issue=issue, article=other, position=2)
    [finding] = issues.by(duplicates.check, issue)
    assert (finding.code, finding.place.article) == ("words.twice", other.slug)
    assert finding.place.field == "title"


def test_an_article_that_subscribers_have_had():
    issue = issues.make()
    article = issue.places.get().article
    before = Issue.objects.create(
        newsletter=issue.newsletter,
        slug="before",
        title_en="Before",
        title_cy="Cynt",
        state="finished",
    )
    IssueArticle.objects.create(issue=before, article=article, position=1)
    [finding] = issues.by(duplicates.check, issue)
    assert (finding.code, finding.level) == ("article.again", "hint")
    assert "Before" in finding.sentence
