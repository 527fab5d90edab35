"""Every public page, in both languages, against WCAG 2.2 A and AA with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import translation

from tests.support import addresses

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Files, answers to mail programs and what only takes a POST are no pages.
NO_PAGES = {
    "outputs:download",
    "unsubscribe_one_click",
    "healthz",
    "newsletters:mail_link",
    "newsletter_picture",
    "newsletters:document",
    "newsletters:picture",
    "newsletters:feed",
    "study_feed",
    "newsletter_chart",
    "to_language",
}


def public_pages():
    known = addresses.examples()
    for name, view, arguments in addresses.views():
        if addresses.permission(view) != "public" or name in NO_PAGES:
            continue
        yield addresses.address(name, arguments, known)


@pytest.fixture
def demo(settings):
    call_command("load_demo", verbosity=0)
    addresses.send_a_copy()


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_public_page_has_a_violation(page, demo, lang, width):
    page.set_viewport_size({"width": width, "height": 900})
    with translation.override(lang):
        pages = sorted(set(public_pages()))
    assert len(pages) > 20
    options = {"runOnly": {"type": "tag", "values": RULES}}
    wrong = []
    for address in pages:
        answer = page.goto(address)
        assert answer.status < 500, address
        found = Axe().run(page, options=options).response["violations"]
        wrong += [(address, v["id"], v["nodes"][0]["html"][:120]) for v in found]
        broad = page.evaluate("document.documentElement.scrollWidth")
        if broad > width:
            wrong.append((address, "wider than the screen", broad))
    assert wrong == []
