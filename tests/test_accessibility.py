"""Every public page, in both languages, against WCAG 2.2 A and AA with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import translation

from engagement.core import access
from tests.support import addresses, event_addresses

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Files, answers to mail programs and what only takes a POST are no pages.
NO_PAGES = {
    "outputs:download",
    "outputs:release_calendar",
    "outputs:release_news",
    "outputs:pre_release_file",
    "unsubscribe_one_click",
    "healthz",
    "newsletters:mail_link",
    "newsletter_picture",
    "newsletters:document",
    "newsletters:feed",
    "study_feed",
    "events:ics",
    "events:mine",
    "events:calendar_link",
    "events_ics",
    "events_atom",
    "study_events_ics",
    "newsletter_chart",
    "to_language",
    "mail_webhook",
    "events:ticket_pdf",
    "events:accept_place",
    "events:certificate",
    "evidence:graph_data",
    "evidence:study_data",
}


def public_pages():
    known = addresses.examples()
    for name, view, arguments in addresses.views():
        if access.declared(view) != "public" or name in NO_PAGES:
            continue
        yield addresses.address(name, arguments, known)


@pytest.fixture
def demo(settings):
    call_command("load_demo", verbosity=0)
    addresses.send_a_copy()
    event_addresses.invite()


@pytest.mark.parametrize(("width", "lang"), [(360, "cy"), (1280, "en")])
def test_no_public_page_has_a_violation(page, demo, lang, width):
    page.set_viewport_size({"width": width, "height": 900})
    with translation.override(lang):
        pages = sorted(set(public_pages()))
    assert len(pages) > 20
    options = {"runOnly": {"type": "tag", "values": RULES}}
    wrong = []
    for address in pages:
        if "text/html" not in page.request.get(address).headers["content-type"]:
            # A file, or data: the browser would take it down.
            continue
        answer = page.goto(address)
        assert answer.status < 500, address
        found = Axe().run(page, options=options).response["violations"]
        wrong += [(address, v["id"], v["nodes"][0]["html"][:120]) for v in found]
        broad = page.evaluate("document.documentElement.scrollWidth")
        if broad > width:
            wrong.append((address, "wider than the screen", broad))
    assert wrong == []
