"""The main job, once, as people do it: in Chromium, with a real Celery worker.

A research manager writes and sends an issue; a reader reads and leaves; somebody
registers and is marked as having come; a member reads a paper; an output is published
and downloaded; and all of it is read back as metrics.
"""

import re

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.management import call_command
from django.utils import timezone

from engagement.celery import app
from engagement.events.models import Event
from engagement.groups.models import Paper
from tests.factories import PDF

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "a password for the demonstration"


@pytest.fixture
def demo(live_server, smtp, settings, monkeypatch):
    """The demonstration, its site, its worker and its mail."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    settings.SITE_URL = live_server.url
    call_command("load_demo", verbosity=0)
    with start_worker(app, pool="solo", perform_ping_check=False):
        yield smtp


@pytest.fixture
def reader(browser, live_server):
    """Somebody else's browser, with no account."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def second(browser, live_server):
    """The browser of a second research manager."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page, address):
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_text("Sign out").wait_for()


def fill_both(page, label, english, welsh):
    page.get_by_label(f"{label} in English").fill(english)
    page.get_by_label(f"{label} in Welsh").fill(welsh)


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def write_article(page, number):
    follow(page, "Write an article")
    fill_both(page, "Title", f"News {number}", f"Newyddion {number}")
    fill_both(page, "Summary", f"In short {number}.", f"Yn fyr {number}.")
    fill_both(page, "Full text", f"## All of it\n\n{number}", f"## Y cyfan\n\n{number}")
    press(page, "Save")


def approve(second, address):
    """Whoever wrote it may not: somebody else reads it and says yes."""
    sign_in(second, "approver@example.org")
    second.goto(address)
    follow(second, "Approval")
    second.get_by_text("Newyddion 2", exact=True).first.wait_for()
    press(second, "Approve")
    second.get_by_text("You have approved the issue.").wait_for()


def write_and_send_an_issue(page, second):
    page.goto("/en/newsletters/manage/")
    follow(page, "Write an issue")
    fill_both(page, "Subject", "Spring", "Gwanwyn")
    fill_both(page, "Opening", "Two pieces.", "Dau ddarn.")
    press(page, "Continue to the articles")
    write_article(page, 1)
    write_article(page, 2)
    follow(page, "Preview")
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="News 1", exact=True).wait_for()
    frame.get_by_role("heading", name="Newyddion 2", exact=True).wait_for()
    follow(page, "Send…")
    assert "253 will get it; 0 will not" in page.get_by_role("main").inner_text()
    press(page, "Ask for approval by mail")
    approve(second, page.url)
    page.reload()
    follow(page, "Send it now…")
    press(page, "Send it now")
    page.get_by_text("The sum closes").wait_for(timeout=60_000)
    for label, number in (
        ("Accepted", 224),
        ("Undeliverable", 29),
        ("Recipients", 253),
    ):
        row = page.get_by_role("row", name=f"{label} {number}", exact=True)
        assert row.count() == 1, label


def read_and_leave(reader, everything):
    # Without those that asked for an approval.
    mails = [mail for mail in everything if mail["List-ID"]]
    assert len(mails) == 224
    mail = mails[0]
    text = mail.get_body(("plain",)).get_content()
    article = re.search(r"http://\S+/articles/news-1\S+", text)[0]
    reader.goto(article)
    reader.get_by_role("heading", name="All of it").wait_for()
    leave = re.search(r"http://\S+/unsubscribe/\S+", text)[0]
    reader.goto(leave)
    reader.get_by_role("main").get_by_role("button").click()
    reader.get_by_text("You have left the newsletter").wait_for()


def publish_an_event(page):
    page.goto("/en/events/manage/")
    follow(page, "New event")
    page.get_by_label("Study").select_option(
        label="Welsh Index of Multiple Deprivation"
    )
    page.get_by_label("Kind").select_option(label="Consultation event")
    fill_both(page, "Title", "What to measure", "Beth i'w fesur")
    day = timezone.localtime().strftime("%Y-%m-%d")
    page.get_by_label("Starts").fill(f"{day}T23:59")
    page.get_by_label("Places").fill("20")
    press(page, "Save")
    press(page, "Publish")
    return page.url


def register(reader, event):
    for number in range(5):
        reader.goto(event)
        follow(reader, "Register for this event")
        reader.get_by_label("Your name").fill(f"Visitor {number}")
        reader.get_by_label("E-mail address").fill(f"visitor{number}@example.org")
        press(reader, "Continue")
        sector = reader.get_by_label("What kind of organisation is it?")
        sector.select_option(label="Academic")
        press(reader, "Continue")
        press(reader, "Continue")
        press(reader, "Register")
        reader.locator(".panel").wait_for()


def mark_who_came(page, event):
    # Time passes: the event has begun.
    Event.objects.filter(title_en="What to measure").update(starts_at=timezone.now())
    page.goto(event)
    follow(page, "Attendance")
    press(page, "Everybody came")
    press(page, "Save")
    page.get_by_text("Marked as having come: 5").wait_for()
    page.goto(event)
    follow(page, "Mark as held")
    press(page, "Mark as held")


def read_a_paper(reader):
    """The public sees the group; the member sees its papers too."""
    reader.goto("/en/groups/lti-steering/")
    assert reader.get_by_role("link", name="Agenda (synthetic)").count() == 0
    paper = Paper.objects.first()
    reader.goto(f"/en/groups/papers/{paper.pk}/")
    reader.get_by_role("heading", name="Sign in").wait_for()
    sign_in(reader, "member@example.org")
    reader.goto("/en/groups/lti-steering/")
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Agenda (synthetic)").first.click()
    assert download.value.suggested_filename.endswith(".pdf")


def publish_an_output(page, second):
    """With a release, which somebody else approves. Gives the output's public page."""
    page.goto("/en/outputs/manage/")
    follow(page, "New output")
    page.get_by_label("Study").select_option(
        label="Welsh Index of Multiple Deprivation"
    )
    page.get_by_label("Kind").select_option(label="Report")
    fill_both(page, "Title", "Findings", "Canfyddiadau")
    for language, words in (("English", "In short."), ("Welsh", "Yn fyr.")):
        name = f"Summary in {language}"
        page.get_by_role("textbox", name=name, exact=True).fill(words)
    press(page, "Save")
    slug = page.url.rstrip("/").rpartition("/")[2]
    file = {"name": "findings.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("English and Welsh").check()
    press(page, "Add the file")
    page.goto(f"/en/outputs/manage/{slug}/")
    press(page, "Prepare its release")
    release = page.url
    follow(page, "Title and news item")
    fill_both(page, "News item", "It is out.", "Mae allan.")
    press(page, "Save")
    second.goto(release)
    follow(second, "Approval")
    press(second, "Approve")
    page.goto(release)
    follow(page, "Publish now…")
    press(page, "Publish now")
    return f"/en/outputs/{slug}/"


def figure(page, title):
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator("section").filter(has=heading).inner_text()


def test_the_main_job(page, reader, second, demo):
    sign_in(page, "manager@example.org")
    write_and_send_an_issue(page, second)
    read_and_leave(reader, demo.messages)
    event = publish_an_event(page)
    register(reader, event)
    mark_who_came(page, event)
    output = publish_an_output(page, second)
    reader.goto(output)
    with reader.expect_download() as download:
        reader.get_by_role("link", name="findings.pdf").click()
    assert download.value.suggested_filename == "findings.pdf"
    read_a_paper(reader)

    page.goto("/en/studies/wimd/metrics/")
    assert "252" in figure(page, "Subscribers")
    assert "224" in figure(page, "Deliveries")
    assert "88.5% of a base of 253" in figure(page, "Deliveries")
    assert "29" in figure(page, "Undeliverable")
    assert "73" in figure(page, "Registrations")
    assert "78.7% of a base of 235" in figure(page, "Attendance")
    assert re.search(r"Academic\s+7", figure(page, "Attendance"))
    assert "1" in figure(page, "Downloads")
