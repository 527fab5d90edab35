"""Hostile texts in a real browser and in a PDF: nothing runs, nothing is fetched."""

import copy
import sys
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from engagement.core import markup, pdf
from newsletters.models import Issue
from tests import factories
from tests.support import hostile
from tests.support.markup import PICTURES

# One text for each kind of harm, and all of them in one.
TEXTS = {
    "scripts": hostile.SCRIPTS,
    "links": hostile.LINKS,
    "pictures": hostile.PICTURES,
    "styles": hostile.STYLES,
    "foreign": hostile.FOREIGN,
    "frames": hostile.FRAMES,
    "nesting": hostile.NESTING,
    "all": hostile.ALL,
}


def together(texts):
    # What the database cannot hold is refused by the forms.
    return "\n\n".join(texts).replace("\x00", "")


@pytest.fixture
def watched(page):
    """A page that tells what it did: what it asked for, and what ran."""
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("popup", lambda _popup: seen.append("popup"))
    page.on("download", lambda _download: seen.append("download"))
    page.seen = seen
    return page


def provoke(page):
    """Does what a reader might do that lets something run."""
    page.mouse.wheel(0, 100_000)
    for link in page.locator("main a").all():
        link.dispatch_event("mouseover")
        link.dispatch_event("focus")
    page.wait_for_timeout(100)


def ran(page):
    return page.evaluate("[window.harmed || null, window.name]") != [None, ""]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_runs_or_is_fetched_on_the_page_of_an_article(
    watched, live_server, kind
):
    text = together(TEXTS[kind])
    issue = factories.make_issue(state=Issue.State.ARCHIVED)
    article = factories.make_article(body_en=text, summary_en=text, body_cy=text)
    issue.places.create(article=article, position=1)
    address = reverse("newsletters:article", args=[article.slug])
    assert watched.goto(address).status == 200
    provoke(watched)
    assert not ran(watched)
    assert watched.url == live_server.url + address
    fetched = [urlsplit(url) for url in watched.seen]
    own = urlsplit(live_server.url).netloc
    assert {url.netloc for url in fetched} == {own}
    assert all(
        url.path == address or url.path.startswith("/static/") for url in fetched
    )
    # The page is whole: what was typed has not shut or covered any of it.
    assert watched.locator("footer").is_visible()
    assert watched.locator("main h1").inner_text() == article.title_en


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_runs_or_is_fetched_in_a_mail(watched, kind):
    """Without the policy that guards pages: mail programs have none."""
    html = markup.mail(together(TEXTS[kind]), {})
    watched.set_content(f"<!doctype html><html lang='en'><main>{html}</main>")
    provoke(watched)
    assert not ran(watched)
    assert watched.seen == []
    assert watched.url == "about:blank"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_runs_or_is_fetched_without_the_policy_of_pages(watched, kind):
    html = markup.render(together(TEXTS[kind]), {})
    watched.set_content(f"<!doctype html><html lang='en'><main>{html}</main>")
    provoke(watched)
    assert not ran(watched)
    assert watched.seen == []


@pytest.mark.browser
@pytest.mark.slow
def test_the_watch_sees_what_runs(watched):
    """The same watch on the same texts as they were typed."""
    watched.set_content(f"<img src=x onerror='{hostile.ALERT}'>", wait_until="commit")
    watched.wait_for_timeout(200)
    assert "dialog" in watched.seen
    assert ran(watched)


class Watch:
    """What Python opens and connects to while it is on."""

    def __init__(self):
        self.on, self.seen = False, []
        sys.addaudithook(self.note)

    def note(self, event, arguments):
        if self.on and event in {"open", "socket.connect", "socket.getaddrinfo"}:
            self.seen.append((event, str(arguments[0])))


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_nothing_is_fetched_for_a_pdf(settings, tmp_path, kind):
    html = markup.render(together(TEXTS[kind]), PICTURES)
    page = f'<html lang="en"><title>T</title><h1>T</h1>{html}</html>'
    (tmp_path / "page.html").write_text("{{ page|safe }}", encoding="utf-8")
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path)
    settings.TEMPLATES = templates
    watch = Watch()
    pdf.render("page.html", {"page": "<html lang='en'><title>T</title>"})
    watch.on = True
    file = pdf.render("page.html", {"page": page})
    watch.on = False
    assert file.startswith(b"%PDF")
    assert [what for what, _ in watch.seen if what != "open"] == []
    opened = {name for what, name in watch.seen if what == "open"}
    assert not [name for name in opened if "etc" in name or "evil" in name]
    allowed = (
        str(tmp_path),
        "/usr/",
        sys.prefix,
        sys.base_prefix,
        str(settings.BASE_DIR),
    )
    assert not [name for name in opened if not name.startswith(allowed)]
