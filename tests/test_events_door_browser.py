"""The door's page in Chromium: without a network, two at once, by keyboard, with axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from engagement.accounts.models import Role
from engagement.events.models import Attendance, CheckIn, Registration
from engagement.events.services import tickets
from tests import factories
from tests.support.cable import Cable
from tests.test_accessibility import RULES
from tests.test_newsletters_editor_browser import PASSWORD, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PHONE = {"width": 360, "height": 800}
KEPT = """async () => {
    const kept = await caches.open(`dolen-door-${location.pathname}`);
    return Boolean(await kept.match(location.pathname));
}"""
NAMES = ("Ann Jones", "Siân Ŵyn", "Tomos O'Brien", "Éile Llŷr")


@pytest.fixture
def event():
    event = factories.make_event(published=True, starts_at=timezone.now())
    for name in NAMES:
        factories.make_registration(event=event, name=name, organisation="Cyngor Môn")
    return event


@pytest.fixture
def cable(live_server):
    cable = Cable(live_server.thread.port)
    yield cable
    cable.close()


@pytest.fixture
def doors(browser, cable, event):
    """Opens the page on a device of its own; it is kept there by then."""
    contexts = []

    def open_one(lang="en"):
        user = factories.make_user(Role.MANAGER, password=PASSWORD)
        context = browser.new_context(base_url=cable.url, viewport=PHONE)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, user)
        page.goto(f"/{lang}/events/{event.slug}/door/")
        for _try in range(50):
            if page.evaluate(KEPT):
                break
            page.wait_for_timeout(200)
        return page

    yield open_one
    # What is on its way arrives before the database is emptied.
    cable.mend()
    for context in contexts:
        context.set_offline(False)
        for page in context.pages:
            page.goto("about:blank")
            page.wait_for_timeout(300)
        context.close()


def person(page, name):
    return page.get_by_role("button", name=re.compile(name))


def tap(page, *names):
    for name in names:
        person(page, name).click()
        expect(person(page, name)).to_have_attribute("aria-pressed", "true")


def unsent(page):
    return page.locator("[data-unsent-box]")


def came():
    return sorted(Attendance.objects.values_list("registration__name", flat=True))


def test_three_are_checked_in_without_a_network_and_count_once(doors, cable):
    page = doors()
    cable.cut()
    tap(page, "Ann", "Siân")
    page.get_by_text("Somebody walks in").click()
    page.get_by_label("Name, if they give it").fill("Eirlys")
    page.get_by_role("button", name="Academic").click()
    expect(unsent(page)).to_contain_text("Not sent yet: 3")
    answer = page.reload()
    assert answer.from_service_worker
    assert "x-kept-at" in answer.headers, "it is the page as it was kept"
    expect(unsent(page)).to_contain_text("Not sent yet: 3")
    expect(person(page, "Eirlys")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".door-count")).to_contain_text("3 / 5")
    assert came() == []
    cable.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(unsent(page)).to_be_hidden()
    assert came() == ["Ann Jones", "Eirlys", "Siân Ŵyn"]
    assert CheckIn.objects.count() == 3
    page.reload()
    expect(page.locator(".door-count")).to_contain_text("3 / 5")
    assert Registration.objects.filter(name="Eirlys").count() == 1
    cable.cut()
    page.reload()
    expect(page.locator(".door-count")).to_contain_text("3 / 5")


def test_an_answer_that_was_lost_is_asked_for_again(doors):
    page = doors()
    lost = []

    def lose_the_first(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.context.route("**/door/said/**", lose_the_first)
    tap(page, "Ann")
    expect(unsent(page)).to_be_hidden()
    assert lost == [200], "it had arrived, though the device could not know"
    assert came() == ["Ann Jones"]
    assert CheckIn.objects.count() == 1


def test_two_doors_agree(doors, event):
    east, west = doors(), doors()
    tap(east, "Ann")
    expect(person(west, "Ann")).to_have_attribute("aria-pressed", "true")
    west.wait_for_timeout(700)
    person(west, "Ann").click()
    expect(person(east, "Ann")).to_have_attribute("aria-pressed", "false")
    east.get_by_text("Somebody walks in").click()
    east.get_by_role("button", name="Private sector").click()
    expect(person(west, "No name given")).to_be_visible()
    Registration.objects.filter(name="Siân Ŵyn").update(
        state="cancelled", cancelled_at=timezone.now()
    )
    west.context.set_offline(True)
    tap(west, "Siân")
    west.context.set_offline(False)
    told = west.locator("[data-trouble]")
    expect(told).to_contain_text("Cancelled meanwhile")
    expect(told).to_contain_text("Siân Ŵyn")
    expect(person(west, "Siân.*let in")).to_be_visible()
    west.wait_for_timeout(700)
    tap(west, "Siân")
    expect(told).to_be_hidden()
    assert came() == ["", "Siân Ŵyn"]


def test_by_keyboard_alone_and_by_a_ticket(doors, event):
    page = doors()
    page.get_by_label("Three letters of a name").focus()
    page.keyboard.type("sia")
    expect(page.locator("[data-people] li:visible")).to_have_count(1)
    for _step in range(4):
        page.keyboard.press("Tab")
        if person(page, "Siân").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(person(page, "Siân")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("In: Siân Ŵyn")
    field = page.get_by_label("Three letters of a name")
    field.fill("obrien")
    field.press("Enter")
    expect(person(page, "Tomos")).to_have_attribute("aria-pressed", "true")
    ann = Registration.objects.get(name="Ann Jones")
    scanned = "code => document.dispatchEvent(new CustomEvent('door:scanned', {detail: code}))"
    page.evaluate(scanned, f"http://x/en/events/ticket/{tickets.token(ann)}/")
    expect(person(page, "Ann")).to_have_attribute("aria-pressed", "true")
    page.evaluate(scanned, "http://x/en/events/ticket/IlgiCg:a:b/")
    expect(page.get_by_text("This code is of nobody on the list.")).to_be_visible()
    expect(unsent(page)).to_be_hidden()
    assert came() == ["Ann Jones", "Siân Ŵyn", "Tomos O'Brien"]


def test_leaving_leaves_no_names_on_the_device_once_all_is_sent(doors, event):
    page = doors()
    page.context.set_offline(True)
    tap(page, "Ann")
    sign_out = page.get_by_role("button", name="Sign out")
    sign_out.click()
    expect(page.locator("[data-trouble]")).to_contain_text("Stay on this page")
    page.context.set_offline(False)
    expect(unsent(page)).to_be_hidden()
    sign_out.click()
    page.wait_for_url("**/en/")
    assert came() == ["Ann Jones"]
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_it_has_no_violation_and_fits_a_phone(doors, event, lang):
    states = ("waiting", "cancelled")
    people = [factories.make_registration(event=event, state=one) for one in states]
    page = doors(lang)
    page.locator("[data-walk-in] summary").click()
    page.locator("[data-people] button").first.click()
    page.context.set_offline(True)
    page.locator("[data-people] button").last.click()
    expect(unsent(page)).to_be_visible()
    options = {"runOnly": {"type": "tag", "values": RULES}}

    def wrong():
        # What has scrolled under the bar is no target.
        page.evaluate("scrollTo(0, 0)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page, options=options).response["violations"]
        return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]

    assert wrong() == []
    page.context.set_offline(False)
    expect(unsent(page)).to_be_hidden()
    page.goto(f"/{lang}/events/ticket/{tickets.token(people[0])}/")
    assert wrong() == []
