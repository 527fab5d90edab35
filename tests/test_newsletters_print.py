"""Issues and articles in a browser: on screen without a word from the policy, on paper
without what only a screen needs."""

import io

import pytest
from PIL import Image

from newsletters.models import Article, Link
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
BODY = "## What you can do\n\n| Read | Number |\n| --- | --- |\n| Skimmed | 23 |\n"


@pytest.fixture
def issue(manager):
    newsletter = factories.make_newsletter(slug="wimd")
    issue = factories.make_issue(newsletter=newsletter, articles=2)
    drawn = io.BytesIO()
    Image.new("RGB", (900, 300), "#0b4f4a").save(drawn, "PNG")
    for place in issue.places.all():
        size = {"width": 900, "height": 300}
        article = place.article
        factories.make_picture(article=article, content=drawn.getvalue(), **size)
        Link.objects.create(article=article, ask=newsletter.study)
    Article.objects.update(body_en=BODY, body_cy=BODY, meaning_en="Ask.")
    factories.send_out(issue)
    factories.make_document(issue=issue)
    words = {"text_en": "Right.", "text_cy": "Cywir."}
    issue.corrections.create(by=manager, **words)
    return issue


def addresses(issue):
    article = issue.places.first().article
    things = (issue, article, issue.newsletter)
    return [thing.get_absolute_url() for thing in things]


def test_the_policy_has_nothing_to_refuse(page, issue):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " event => console.log(event.violatedDirective))"
    )
    for address in addresses(issue):
        assert page.goto(address).status == 200
        loaded = "[...document.images].every(image => image.naturalWidth > 1)"
        assert page.evaluate(loaded), address
    assert said == []


def test_a_long_note_on_a_date_breaks_on_a_phone(page, issue):
    note = "February 2011: issue 5, or dated the 5th; the report does not say which"
    fields = {"newsletter": issue.newsletter, "state": "archived"}
    factories.make_issue(**fields, date_note_en=note)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(addresses(issue)[2])
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_is_marked_for_machines_can_be_read_by_one(page, issue):
    page.goto(addresses(issue)[1])
    for name in ("headline", "datePublished", "articleBody", "image", "inLanguage"):
        inside = f"[itemtype='https://schema.org/Article'] [itemprop={name}]"
        assert page.locator(inside).count() == 1, name


def test_on_paper_there_are_words_and_pictures_alone(page, issue):
    page.emulate_media(media="print")
    for address in addresses(issue)[:2]:
        page.goto(address)
        assert page.locator("main .button, details").count() or "articles" in address
        for hidden in (".nav", ".footer", "main .button", "details"):
            assert not page.locator(hidden).locator("visible=true").count(), hidden
        for kept in ("h1", "h2", ".lead-picture"):
            assert page.locator(kept).first.is_visible(), (address, kept)
        colour = "getComputedStyle(document.querySelector('h1')).color"
        assert page.evaluate(colour) in {"rgb(0, 0, 0)", "rgb(16, 33, 30)"}
