"""What staff see of an issue before its readers do."""

import re

import pytest

from newsletters.models import Delivery
from newsletters.services import subscriptions
from tests import factories
from tests.support import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return sample.make()


@pytest.fixture
def reader(issue):
    person = factories.make_person(
        name="Siân Ŵyn", email="sian@example.org", language="cy"
    )
    return factories.make_subscription(newsletter=issue.newsletter, person=person)


def path(issue, *parts, lang="en"):
    return f"/{lang}/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def shown(client, issue, **asked):
    return client.get(path(issue, "preview"), asked).content.decode()


def frame(client, issue, first="en", **asked):
    return client.get(path(issue, "preview", first), asked)


def test_the_headers_and_the_size_are_shown(manager_client, issue):
    page = shown(manager_client, issue)
    for words in (
        "Index team (synthetic), team@example.org",
        "answers@example.org",
        f"{issue.title_en} / {issue.title_cy}",
    ):
        assert words in page
    assert re.search(r"1[0-9] KB without pictures", page)
    assert "* 1,896 small areas" in page, "the text part"


def test_either_language_first(manager_client, issue):
    assert f"{issue.title_cy} / {issue.title_en}" in shown(
        manager_client, issue, first="cy"
    )
    html = frame(manager_client, issue, "cy").content.decode()
    assert '<html lang="cy">' in html


def test_as_broad_as_a_phone_dark_and_without_pictures(manager_client, issue):
    page = shown(manager_client, issue, look=["phone", "dark", "bare"])
    assert "mail-frame-phone" in page
    assert (
        f"{path(issue, 'preview', 'en')}?look=phone&amp;look=dark&amp;look=bare" in page
    )
    assert "mail-frame-phone" not in shown(manager_client, issue)


def test_dark_is_dark_whatever_the_screen(manager_client, issue):
    dark = frame(manager_client, issue, look="dark").content.decode()
    light = frame(manager_client, issue).content.decode()
    assert "@media all {" in dark
    assert 'content="dark"' in dark
    assert "@media not all {" in light
    for html in (dark, light):
        assert "prefers-color-scheme" not in html


def test_without_pictures_none_is_fetched(manager_client, issue):
    bare = frame(manager_client, issue, look="bare")
    assert "img-src 'none'" in bare.headers["Content-Security-Policy"]
    assert (
        "img-src 'self'"
        in frame(manager_client, issue).headers["Content-Security-Policy"]
    )


@pytest.mark.parametrize("look", ["", "bare"])
def test_the_frame_runs_nothing_and_only_we_may_frame_it(manager_client, issue, look):
    answer = frame(manager_client, issue, look=look)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in answer.content.decode()


def test_as_any_one_subscriber(manager_client, issue, reader):
    found = manager_client.get(path(issue, "preview", "as"), {"words": "ŵyn"})
    assert f"reader={reader.pk}" in found.content.decode()
    page = shown(manager_client, issue, reader=reader.pk)
    assert "Siân Ŵyn, sian@example.org" in page
    assert f"{issue.title_cy} / {issue.title_en}" in page
    other = shown(manager_client, issue, reader=reader.pk, first="en")
    assert f"{issue.title_en} / {issue.title_cy}" in other


def test_nobody_s_own_links_are_in_a_preview(manager_client, client, issue, reader):
    page = shown(manager_client, issue, reader=reader.pk)
    html = frame(manager_client, issue).content.decode()
    links = re.findall(
        r"(/en/newsletters/(?:unsubscribe|preferences|objection)/[^\s\"<?]+)", html
    )
    links += re.findall(
        r"(/en/newsletters/(?:unsubscribe|preferences|objection)/[^\s\"<?]+)", page
    )
    assert len(links) == 6
    for link in links:
        answer = client.post(link)
        assert answer.status_code in {400, 404, 410}, link
    assert not Delivery.objects.exists()
    assert issue.newsletter.subscriptions.in_force().count() == 1


def test_who_does_not_get_it_is_not_found(manager_client, issue, reader):
    waiting = factories.make_subscription(newsletter=issue.newsletter, confirmed=False)
    subscriptions.leave(newsletter=issue.newsletter, person=reader.person)
    page = manager_client.get(path(issue, "preview", "as"), {"words": "sian"})
    assert "Nobody who gets the newsletter was found." in page.content.decode()
    for key in (reader.pk, waiting.pk, "x", "²", 9**30):
        asked = {"reader": key}
        assert manager_client.get(path(issue, "preview"), asked).status_code == 404


def test_what_was_asked_wrongly_is_said(manager_client, issue):
    assert (
        manager_client.get(path(issue, "preview"), {"first": "fr"}).status_code == 422
    )
    asked = {"words": " "}
    assert manager_client.get(path(issue, "preview", "as"), asked).status_code == 422


@pytest.mark.parametrize("parts", [["preview"], ["preview", "as"], ["preview", "en"]])
def test_only_for_managers(client, member_client, manager_client, issue, parts):
    assert client.get(path(issue, *parts)).status_code == 302
    assert member_client.get(path(issue, *parts)).status_code == 403
    assert manager_client.get(path(issue, *parts)).status_code == 200
    assert manager_client.post(path(issue, *parts)).status_code == 405


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, issue, reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(21):
        manager_client.get(path(issue, "preview"), {"reader": reader.pk})
    with django_assert_max_num_queries(7):
        frame(manager_client, issue)
    with django_assert_max_num_queries(5):
        manager_client.get(path(issue, "preview", "as"), {"words": "an"})


def test_welsh_staff_get_welsh(manager_client, issue):
    page = manager_client.get(path(issue, "preview", lang="cy")).content.decode()
    assert "Anfon prawf" in page
    assert "Mor llydan â ffôn" in page
