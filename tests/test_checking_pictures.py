import pytest

from newsletters.models import Picture
from tests.support import issues

pytestmark = pytest.mark.django_db


def with_picture(alt_en="A map of Wales", alt_cy="Map o Gymru", text="Text", **more):
    issue = issues.make(text, text, **more)
    Picture.objects.create(
        article=issue.places.get().article,
        name="wales-map",
        upload="pictures/2026/IMG_1234.png",
        width=10,
        height=10,
        alt_en=alt_en,
        alt_cy=alt_cy,
    )
    return issue


def found(issue):
    findings = issues.found(issue, "pictures.")
    return [(one.code, one.level, one.place.language) for one in findings]


def test_a_picture_that_says_what_it_shows_passes():
    assert found(with_picture(text="![](picture:wales-map)")) == []


def test_what_is_not_said_in_a_language_blocks_there():
    assert found(with_picture(alt_cy=" ")) == [("pictures.alt", "block", "cy")]
    both = found(with_picture(alt_en="", alt_cy=""))
    assert [language for _code, _level, language in both] == ["en", "cy"]


@pytest.mark.parametrize("alt", ["IMG_1234", "wales-map", "map.png", "Wales map"])
def test_the_name_of_a_file_says_nothing(alt):
    assert found(with_picture(alt_en=alt)) == [("pictures.alt_text", "warn", "en")]


def test_that_it_is_a_picture_need_not_be_said():
    assert found(with_picture(alt_en="An image of Wales")) != []
    assert found(with_picture(alt_cy="Llun o Gymru")) != []
    assert found(with_picture(alt_en="Imagery of space")) == []


@pytest.mark.parametrize(
    "source", ["picture:other", "https://example.org/a.png", "wales-map"]
)
def test_a_picture_that_is_not_the_article_s_blocks(source):
    codes = found(with_picture(text=f"![A map]({source})"))
    assert ("pictures.unknown", "block", "en") in codes
    assert ("pictures.unknown", "block", "cy") in codes


def test_the_picture_at_the_top_is_described_too():
    issue = issues.make()
    newsletter = issue.newsletter
    newsletter.masthead = "mastheads/a.png"
    newsletter.masthead_alt_en = "Hills"
    newsletter.save()
    assert found(issue) == [("pictures.alt", "block", "cy")]
