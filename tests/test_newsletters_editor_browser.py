"""The editor in Chromium: a closed tab, a lost session, dragging, and two at once."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from engagement.accounts.models import Role
from newsletters.models import Unsaved
from newsletters.services import links, pictures
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "a long password"
KEPT = re.compile(r"Kept at \d\d:\d\d, not saved yet\.")


@pytest.fixture
def issue():
    return factories.make_issue(articles=3)


@pytest.fixture
def windows(browser, live_server):
    """Makes a browser of their own for one who has signed in."""
    contexts = []

    def make(name, **options):
        user = factories.make_user(Role.MANAGER, name=name, password=PASSWORD)
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, user)
        return page, user

    yield make
    # What a page says as it is opened or left arrives before the database is emptied.
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")
            page.goto("about:blank")
            page.wait_for_timeout(200)
        context.close()


def sign_in(page, user):
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Dashboard").wait_for()


def edit_address(issue):
    return f"/en/newsletters/issues/{issue.pk}/"


def article_address(issue):
    return f"{edit_address(issue)}articles/{issue.places.first().article_id}/"


def body(page):
    return page.get_by_label("Full text in English")


def save(page, name="Save"):
    page.get_by_role("button", name=name, exact=True).click()


def is_saved(page):
    told = page.get_by_role("status").get_by_text("Saved.", exact=True)
    expect(told).to_be_visible()


def test_a_closed_tab_loses_nothing(windows, issue):
    page, _user = windows("Ann")
    page.goto(article_address(issue))
    body(page).fill("Half a sentence")
    expect(page.get_by_text(KEPT)).to_be_visible()
    body(page).fill("Half a sentence, and the words of the last second")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(article_address(issue))
    expect(body(page)).to_have_value(
        "Half a sentence, and the words of the last second"
    )
    expect(page.get_by_text("It is not saved yet.")).to_be_visible()
    save(page)
    is_saved(page)
    assert not Unsaved.objects.exists(), "what is saved is kept no longer"
    article = issue.places.first().article
    assert article.body_en.endswith("the last second")


def test_words_are_counted_while_they_are_typed(windows, issue):
    page, _user = windows("Ann")
    page.goto(article_address(issue))
    page.get_by_label("Summary in English").fill("one two three four")
    expect(page.locator("[data-words-of=id_summary_en]")).to_have_text("4")


def test_a_lost_session_loses_nothing(windows, issue):
    page, user = windows("Ann")
    page.goto(article_address(issue))
    page.context.clear_cookies(name="sessionid")
    body(page).fill("Typed after the session was gone")
    save(page)
    expect(page.get_by_text("you are signed out")).to_be_visible()
    expect(body(page)).to_have_value("Typed after the session was gone")
    window = page.context.new_page()
    sign_in(window, user)
    save(page)
    is_saved(page)
    article = issue.places.first().article
    assert article.body_en == "Typed after the session was gone"


def test_two_at_once_see_each_other_and_overwrite_nothing(windows, issue):
    ann, _user = windows("Ann")
    sian, _user = windows("Siân Ŵyn")
    for page in (ann, sian):
        page.goto(article_address(issue))
    body(sian).fill("Siân's words")
    expect(sian.get_by_text(KEPT)).to_be_visible()
    body(ann).fill("Ann's words")
    expect(ann.get_by_text("Siân Ŵyn is writing here too")).to_be_visible()
    save(sian)
    is_saved(sian)
    save(ann)
    expect(ann.get_by_text("Nothing is overwritten")).to_be_visible()
    expect(ann.locator("ins")).to_contain_text("Ann's")
    expect(ann.locator("del")).to_contain_text("Siân's")
    expect(body(ann)).to_have_value("Ann's words")
    save(ann, "Save mine over what is saved")
    is_saved(ann)
    article = issue.places.first().article
    assert article.body_en == "Ann's words"


def order(issue):
    return list(issue.places.order_by("position").values_list("article", flat=True))


def grips(page):
    return page.get_by_role("button", name="Drag, or press the arrow keys")


def test_articles_are_dragged(windows, issue):
    page, _user = windows("Ann")
    first, second, third = order(issue)
    page.goto(edit_address(issue))
    row = page.locator("[data-id]").first.bounding_box()
    grips(page).last.hover()
    page.mouse.down()
    page.mouse.move(row["x"] + 20, row["y"] + 40, steps=8)
    page.mouse.move(row["x"] + 20, row["y"] + 2, steps=4)
    page.mouse.up()
    expect(page.locator("[data-reorder-said]")).to_contain_text("Now in place 1 / 3")
    assert order(issue) == [third, first, second]
    buttons = page.locator("[data-id]").first.get_by_role("button", name="Move up")
    expect(buttons).to_have_count(0)


def test_or_moved_by_the_arrow_keys(windows, issue):
    page, _user = windows("Ann")
    first, second, third = order(issue)
    page.goto(edit_address(issue))
    grips(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-reorder-said]")).to_contain_text("Now in place 2 / 3")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-reorder-said]")).to_contain_text("Now in place 3 / 3")
    assert order(issue) == [second, third, first]


def test_an_order_of_other_articles_is_put_back(windows, issue):
    page, _user = windows("Ann")
    page.goto(edit_address(issue))
    issue.places.last().delete()
    before = order(issue)
    grips(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("load the page again")).to_be_visible()
    assert order(issue) == before


def test_articles_are_dragged_with_a_finger(windows, issue):
    page, _user = windows(
        "Ann", has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}
    )
    first, second, third = order(issue)
    page.goto(edit_address(issue))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    grip = grips(page).first
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), page.locator("[data-id]").last.bounding_box()
    finger = page.context.new_cdp_session(page)
    x, y = start["x"] + 20, start["y"] + 20
    bottom = end["y"] + end["height"] - 3

    def touch(kind, *points):
        event = {"type": kind, "touchPoints": [{"x": x, "y": one} for one in points]}
        finger.send("Input.dispatchTouchEvent", event)

    touch("touchStart", y)
    for step in range(1, 11):
        touch("touchMove", y + (bottom - y) * step / 10)
    touch("touchEnd")
    expect(page.locator("[data-reorder-said]")).to_contain_text("Now in place 3 / 3")
    assert order(issue) == [second, third, first]


def violations(page, address):
    page.goto(address)
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    wrong = [(address, v["id"], v["nodes"][0]["html"][:200]) for v in found]
    broad = page.evaluate("document.documentElement.scrollWidth")
    if broad > page.viewport_size["width"]:
        wrong.append((address, "wider than the screen", broad))
    return wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_the_editor_s_pages_have_no_violation(windows, issue, width):
    page, user = windows("Ann", viewport={"width": width, "height": 900})
    article = issue.places.first().article
    png = SimpleUploadedFile("map.png", factories.make_png(width=900, height=300))
    pictures.add(by=None, article=article, upload=png)
    for target in (f"ask:{article.study_id}", f"output:{factories.make_output().pk}"):
        links.add(by=None, article=article, target=target)
    kept = {"title_en": "Kept", "body_en": "Kept", "summary_en": "Kept"}
    for writer in (user, factories.make_user()):
        factories.make_unsaved(
            user=writer, target_id=article.pk, seen="older", fields=kept
        )
    manage = "/en/newsletters/manage/"
    pages = [
        *(manage, f"{manage}new/", f"{manage}markdown/", edit_address(issue)),
        *(f"{manage}{issue.newsletter.slug}/{end}/" for end in ("settings", "new")),
        *(f"{article_address(issue)}{end}" for end in ("", "pictures/", "links/")),
        f"{article_address(issue)}pictures/?removed=x",
        f"/cy/newsletters/issues/{issue.pk}/articles/{article.pk}/",
    ]
    wrong = [found for address in pages for found in violations(page, address)]
    assert wrong == []


def test_links_are_found_while_one_types_and_added_by_keyboard(windows, issue):
    page, _user = windows("Ann", viewport={"width": 360, "height": 800})
    article = issue.places.first().article
    for title in ("Côte and coast", "Schools"):
        factories.make_output(study=article.study, title_en=title)
    page.goto(f"{article_address(issue)}links/")
    search = page.get_by_label("Find an output or an event")
    search.press_sequentially("cot")
    expect(page.get_by_text("Found: 1.")).to_be_visible()
    assert page.url.endswith("/links/"), "the page is still the same"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    button = page.get_by_role("button", name=re.compile("Add.*Côte"))
    for _step in range(3):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("The link is added.")).to_be_visible()
    expect(search).to_have_value("cot")
    assert article.links.get().output.title_en == "Côte and coast"


def test_a_form_that_is_only_open_is_seen_by_the_other(windows, issue):
    ann, _user = windows("Ann")
    ann.goto(article_address(issue))
    with ann.expect_response("**/open/"):
        ann.reload()
    sian, _user = windows("Siân Ŵyn")
    sian.goto(article_address(issue))
    expect(sian.get_by_text("Ann opened this at")).to_be_visible()
    assert not Unsaved.objects.exists()
