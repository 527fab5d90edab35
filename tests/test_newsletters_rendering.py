"""The mail of an issue, read as mail programs read it.

tests/golden/ holds a whole one in either order. After a change that is meant, write
them anew and read the difference:

    GOLDEN=write .venv/bin/pytest tests/test_newsletters_rendering.py; git diff tests/golden
"""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile

from engagement.core.markup import painting
from newsletters.models import Link, Newsletter
from newsletters.services import (
    mail_charts,
    mail_colours,
    mail_pictures,
    rendering,
    segments,
)
from tests import factories
from tests.support import golden, sample

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed(settings):
    """What addresses and keys are made of."""
    settings.SITE_URL = sample.SITE
    settings.SECRET_KEY = "only for tests"
    settings.MAIL_DOMAIN = "example.org"


@pytest.fixture
def issue():
    return sample.make()


def mail(issue, language="en"):
    return message_from_bytes(
        rendering.sample(issue, language), policy=policy.default.clone(utf8=True)
    )


def html_of(mail):
    return mail.get_body(("html",)).get_content()


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


class Elements(HTMLParser):
    """(name, attributes) of each element, and the text under each language."""

    def __init__(self, html):
        super().__init__()
        self.found, self.langs, self.said = [], [], {"en": "", "cy": ""}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.found.append((tag, attrs))
        if tag not in {"meta", "img", "br"}:
            lang = attrs.get("lang") or (self.langs[-1][1] if self.langs else "")
            self.langs.append((tag, lang))

    def handle_endtag(self, tag):
        while self.langs and self.langs.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.langs and self.langs[-1][1]:
            self.said[self.langs[-1][1]] += data

    def all(self, name):
        return [attrs for tag, attrs in self.found if tag == name]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_same_issue_is_the_same_bytes(issue, language):
    rendered = rendering.render(issue, language=language)
    golden.same(f"mail-{language}.html", rendered.html)
    golden.same(f"mail-{language}.txt", rendered.text)
    assert rendering.sample(issue, language) == rendering.sample(issue, language)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_both_languages_are_there_each_marked_the_reader_s_first(issue, language):
    read = Elements(html_of(mail(issue, language)))
    assert read.all("html") == [{"lang": language}]
    for lang in ("en", "cy"):
        for place in issue.places.all():
            assert getattr(place.article, f"title_{lang}") in read.said[lang]
        assert getattr(issue, f"title_{lang}") in read.said[lang]
    assert "Darllen yr erthygl gyfan" in read.said["cy"]
    assert "Read the whole article" in read.said["en"]
    text = text_of(mail(issue, language))
    at = {lang: text.index(getattr(issue, f"title_{lang}")) for lang in ("en", "cy")}
    assert min(at, key=at.get) == language


def test_the_subject_is_in_both_languages(issue):
    assert mail(issue)["Subject"] == f"{issue.title_en} / {issue.title_cy}"
    assert mail(issue, "cy")["Subject"] == f"{issue.title_cy} / {issue.title_en}"


def test_answers_go_where_the_newsletter_says(issue):
    assert mail(issue)["Reply-To"] == '"Index team (synthetic)" <answers@example.org>'
    assert mail(issue)["From"] == '"Index team (synthetic)" <team@example.org>'
    Newsletter.objects.update(reply_address="")
    issue.newsletter.refresh_from_db()
    assert mail(issue)["Reply-To"] == mail(issue)["From"]
    assert "Tîm y Mynegai" in mail(issue, "cy")["From"]


def test_a_picture_has_its_words_and_fits_the_sheet(issue):
    shown = Elements(html_of(mail(issue))).all("img")
    of_articles = [img for img in shown if "/map-" in img["src"]]
    assert [img["alt"] for img in of_articles] == [
        "A map of Wales: the valleys are the darkest",
        "Map o Gymru: y cymoedd sydd dywyllaf",
    ]
    for img in of_articles:
        assert (img["width"], img["height"]) == ("552", "276")
    for img in shown:
        assert img["src"].startswith(f"{sample.SITE}/")
        assert img["alt"]


def test_only_what_the_public_may_find_is_linked(issue):
    found = mail(issue)
    read = Elements(html_of(found))
    links = {a["href"] for a in read.all("a")}
    for path in (
        *("/en/outputs/report/", "/cy/outputs/report/"),
        *("/en/events/reading-the-ranks/", "/cy/events/reading-the-ranks/"),
        *("/en/studies/index/ask/", "/cy/studies/index/ask/"),
        *("/en/newsletters/articles/what-moved/",),
        *("/cy/newsletters/articles/what-moved/",),
    ):
        assert sample.SITE + path in links
        assert sample.SITE + path in text_of(found)
    assert not any("draft" in link for link in links)
    assert "Not out yet" not in html_of(found) + text_of(found)
    # The clocks in Wales, where it is past midnight already.
    assert "2 May 2026" in read.said["en"]
    assert "2 Mai 2026" in read.said["cy"]


def test_a_link_to_what_is_hidden_again_goes(issue):
    link = Link.objects.get(event__slug="reading-the-ranks")
    link.event.status = "draft"
    link.event.save()
    assert "reading-the-ranks" not in html_of(mail(issue))


def test_what_it_means_is_said_where_something_was_written(issue):
    text = text_of(mail(issue))
    assert text.count("What this means for you") == 1
    assert text.count("Beth mae hyn yn ei olygu i chi") == 1


def test_a_half_translated_issue_says_which_language_it_is_in(issue):
    article = issue.places.get(position=2).article
    article.title_cy = article.summary_cy = ""
    article.save()
    read = Elements(html_of(mail(issue, "cy")))
    assert read.said["en"].count(article.summary_en) == 2


def test_the_text_is_written_not_scraped(issue):
    text = text_of(mail(issue))
    assert "* 1,896 small areas" in text
    assert "https://example.org/method?a=1&b=2" in text
    assert "&amp;" not in text
    assert 'How "Index news" is read' in text
    assert "**" not in text
    assert "<" not in text


def test_a_chart_is_a_picture_and_its_figures_are_words(client, issue):
    article = issue.places.get(position=2).article
    article.summary_en += f"\n{sample.CHART}"
    article.save()
    found = mail(issue)
    shown = Elements(html_of(found)).all("img")
    (chart,) = [img for img in shown if "/charts/" in img["src"]]
    assert "How they read it" in chart["alt"]
    answer = client.get(chart["src"].removeprefix(sample.SITE))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    for part in (html_of(found), text_of(found)):
        assert "Only skim it" in part


@pytest.mark.parametrize("code", ["x", "W10:x", "é"])
def test_nobody_else_has_charts_drawn_here(client, code):
    assert client.get(f"/charts/{code}/").status_code == 404


def test_a_chart_too_long_for_an_address_is_a_table(monkeypatch):
    assert mail_charts.addresses(sample.CHART)
    monkeypatch.setattr(mail_charts, "LONGEST", 100)
    assert mail_charts.addresses(sample.CHART) is None


def test_without_the_font_a_chart_is_a_table(client, monkeypatch):
    code = sample.chart_code()
    monkeypatch.setattr(painting, "FONT", painting.FONT.with_name("none.ttf"))
    assert mail_charts.addresses(sample.CHART) is None
    assert client.get(f"/charts/{code}/").status_code == 404


def test_the_first_words_are_shown_beside_the_subject(issue):
    assert "Dau ddarn y mis hwn" in _preheader(mail(issue, "cy"))
    issue.intro_en = issue.intro_cy = ""
    assert _preheader(mail(issue)).startswith("Which areas moved · How ")


def _preheader(mail):
    found = re.search(r'<div class="preheader"[^>]*>([^<]*)<', html_of(mail))
    return found[1]


def test_markup_in_any_field_is_text(issue):
    bad = '<img src=x onerror=alert(1)>"><script>alert(1)</script>'
    for thing in (issue, issue.newsletter, *_articles(issue)):
        for field in thing._meta.fields:
            if field.name.startswith(("title_", "intro_", "summary_", "meaning_")):
                setattr(thing, field.name, bad)
        thing.save()
    read = Elements(html_of(mail(issue)))
    assert not read.all("script")
    for _tag, attrs in read.found:
        assert not any(name.startswith("on") for name in attrs)
    assert all(img["src"].startswith(sample.SITE) for img in read.all("img"))


def _articles(issue):
    return [place.article for place in issue.places.select_related("article")]


def test_the_size_is_that_of_what_leaves(issue):
    rendered = rendering.render(issue, language="en")
    person = factories.make_subscription(newsletter=issue.newsletter).person
    mail = segments.prepare(issue, "en").fill(
        recipient=person.email, token="t" * 22, name="delivery-1"
    )
    sent = message_from_bytes(mail, policy=policy.default)
    real = len(sent.get_body(("html",)).get_content().encode())
    assert abs(rendered.size - real) < 40
    assert rendered.size < 30_000


@pytest.mark.parametrize("colour", ["#17456b", "#ffcc00", "#ffffff", "#000000"])
def test_any_colour_of_a_newsletter_can_be_read(colour):
    assert (
        mail_colours.contrast(colour, mail_colours.text_on(colour))
        >= mail_colours.ENOUGH
    )
    assert (
        mail_colours.contrast(mail_colours.link(colour), "#ffffff")
        >= mail_colours.ENOUGH
    )


def test_contrast_is_that_of_the_guidelines():
    assert mail_colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert mail_colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def picture_path(issue):
    picture = issue.places.get(position=1).article.pictures.get()
    return mail_pictures.address(picture.upload).removeprefix(sample.SITE)


def test_pictures_are_given_to_who_has_the_address(client, issue):
    answer = client.get(picture_path(issue))
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    banner = mail_pictures.address(issue.newsletter.masthead)
    assert client.get(banner.removeprefix(sample.SITE)).status_code == 200


def test_what_was_sent_keeps_its_pictures(client, issue):
    path = picture_path(issue)
    issue.places.get(position=1).article.pictures.all().delete()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "name", ["pictures/2026/other.png", "../secret-key", "/etc/passwd", "x\x00.png"]
)
def test_a_key_opens_one_file_and_no_other(client, issue, name):
    key = picture_path(issue).split("/")[2]
    assert client.get(f"/pictures/{key}/{name}").status_code in {400, 404}


def test_a_picture_that_is_gone_or_no_picture_is_not_found(client, issue):
    path = picture_path(issue)
    picture = issue.places.get(position=1).article.pictures.get()
    picture.upload.storage.delete(picture.upload.name)
    assert client.get(path).status_code == 404
    picture.upload.save("x.svg", ContentFile(b"<svg/>"))
    assert client.get(picture_path(issue)).status_code == 404


def test_a_newsletter_without_a_picture_has_its_name(issue):
    Newsletter.objects.update(masthead="")
    issue.newsletter.refresh_from_db()
    shown = Elements(html_of(mail(issue))).all("img")
    assert len(shown) == 2
    assert mail_pictures.address(issue.newsletter.masthead) == ""


def test_twelve_articles_ask_the_database_as_often_as_one(
    issue, django_assert_num_queries
):
    for position in range(3, 13):
        article = factories.make_article(study=issue.newsletter.study)
        sample.make_picture(article)
        Link.objects.create(article=article, ask=article.study)
        issue.places.create(article=article, position=position)
    with django_assert_num_queries(3):
        rendering.render(issue, language="en")
