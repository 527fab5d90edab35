"""The gate: each language is there, fresh, and of the same shape."""

from datetime import timedelta

import pytest
from django.utils import translation

from newsletters import checking
from newsletters.models import Picture
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db


def parity(issue):
    return [(one.code, one.level) for one in issues.found(issue, "parity")]


def test_two_equal_languages_pass():
    body = "## One\n\n[A]({link})\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nNote[^1].\n\n[^1]: N"
    issue = issues.make(
        body.format(link="/en/studies/"), body.format(link="/cy/studies/")
    )
    assert checking.blocking(issue) == []


@pytest.mark.parametrize("field", ["title", "summary", "body", "meaning"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_is_missing_says_where(field, language):
    issue = issues.make()
    article = issue.places.get().article
    article.meaning_en = article.meaning_cy = "For you."
    setattr(article, f"{field}_{language}", " ")
    article.save()
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.level) == ("parity.missing", "block")
    assert (finding.place.field, finding.place.language) == (field, language)
    assert finding.place.article == article.slug
    assert finding.url.endswith(f"articles/{article.pk}/#id_{field}_{language}")


def test_an_opening_is_only_needed_where_the_other_has_one():
    issue = issues.make()
    assert parity(issue) == []
    issue.intro_en = "Hello."
    issue.save()
    [finding] = issues.found(issue, "parity")
    assert (finding.place.field, finding.place.language) == ("intro", "cy")
    assert str(finding) == "The issue, opening, Welsh: There is no text in Welsh."


@pytest.mark.parametrize(("ahead", "older"), [("en", "cy"), ("cy", "en")])
def test_the_language_that_was_left_behind_is_older(ahead, older):
    issue = issues.make()
    article = issue.places.get().article
    changed = getattr(article, f"edited_{older}_at") + timedelta(minutes=1)
    setattr(article, f"edited_{ahead}_at", changed)
    article.save()
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.place.language) == ("parity.older", older)


def test_both_found_the_same_at_one_moment_are_fresh():
    issue = issues.make()
    issue.edited_en_at = issue.edited_cy_at = issue.edited_en_at + timedelta(days=1)
    issue.save()
    assert parity(issue) == []


@pytest.mark.parametrize(
    ("en", "cy", "code", "told"),
    [
        ("## A\n\n### B", "## A\n\n## B", "headings", "2 “A”, 3 “B”"),
        ("## A\n\nx", "x", "headings", "Welsh: none."),
        ("[a](https://a.example.org/x)", "a", "links", "a.example.org/x"),
        ("[a](/en/studies/)", "[a](/cy/events/)", "links", "/studies/"),
        ("![a](picture:map)", "a", "pictures", "picture:map"),
        (
            "|A|B|\n|-|-|\n|x|y|",
            "|A|\n|-|\n|x|",
            "tables",
            "2 \N{MULTIPLICATION SIGN} 2",
        ),
        (
            "```chart\ntitle: A\na | 30\n```",
            "A 30",
            "tables",
            "1 \N{MULTIPLICATION SIGN} 2",
        ),
        ("A[^1].\n\n[^1]: N", "A.", "notes", "English: 1. Welsh: 0."),
    ],
)
def test_what_differs_is_named(en, cy, code, told):
    issue = issues.make(en, cy)
    codes = [one for one in issues.found(issue, "parity") if one.level == "block"]
    assert [one.code for one in codes] == [f"parity.{code}"]
    assert told in codes[0].sentence


@pytest.mark.parametrize(
    ("en", "cy"),
    [
        ("/en/studies/", "/cy/studies/"),
        ("http://127.0.0.1:8000/en/studies/", "/cy/studies/"),
        ("https://example.org/en/a?lang=en", "https://www.example.org/cy/a?lang=cy"),
        ("https://www.gov.wales/a-page", "https://www.llyw.cymru/tudalen"),
        ("#a", "#b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_one_page_in_two_languages_is_one_link(en, cy):
    assert parity(issues.make(f"[a]({en})", f"[a]({cy})")) == []


def test_the_files_of_one_output_are_one_link():
    output = factories.make_output(published=True)
    other = factories.make_file(output=factories.make_output(published=True))
    en, cy = (factories.make_file(output=output, language=x) for x in ("en", "cy"))
    links = [f"[a](/{x}/outputs/files/{f.pk}/)" for x, f in (("en", en), ("cy", cy))]
    assert parity(issues.make(*links)) == []
    wrong = f"[a](/cy/outputs/files/{other.pk}/)"
    assert parity(issues.make(links[0], wrong)) == [("parity.links", "block")]


def test_the_same_heading_typed_with_one_sign_or_two_is_the_same():
    assert parity(issues.make("# A\n\n## B", "## A\n\n### B")) == []


def test_what_a_picture_shows_is_compared_too():
    issue = issues.make()
    article = issue.places.get().article
    alts = {"alt_en": "A map of 22 areas", "alt_cy": "Map o 23 ardal"}
    Picture.objects.create(article=article, name="map", width=1, height=1, **alts)
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.place.field) == ("parity.numbers", "pictures")


def test_the_sentences_are_in_the_reader_s_language():
    issue = issues.make("One 5.", "Un.")
    with translation.override("cy"):
        [finding] = issues.found(issue, "parity")
    assert "Yn Saesneg yn unig: 5. Yn Gymraeg yn unig: dim." in finding.sentence
    assert "testun llawn" in str(finding)
