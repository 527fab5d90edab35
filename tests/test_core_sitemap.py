"""The map of the site: every page that anybody may read, in both languages, and no other."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from engagement.core import sitemap
from engagement.outputs.models import Edition
from tests import factories
from tests.factories.outputs import WITHDRAWN

pytestmark = pytest.mark.django_db
HOME = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def site(study):
    """One of each that is out, and one that is not; those are called secret."""
    now = timezone.now()
    output = factories.make_output(slug="out", published=True, study=study)
    Edition.objects.create(output=output, published_at=now)
    Edition.objects.create(output=output, number=2)
    factories.make_output(slug="planned", status="planned")
    factories.make_output(slug="secret-output", status="draft")
    factories.make_output(slug="secret-since", **WITHDRAWN)
    factories.make_event(published=True, slug="event", summary_published_at=now)
    factories.make_event(slug="secret-event", summary_published_at=now, status="draft")
    newsletter = factories.make_newsletter(slug="news", study=study)
    issue = factories.make_issue(newsletter=newsletter, articles=1, slug="issue")
    factories.send_out(issue)
    factories.make_issue(newsletter=newsletter, slug="secret-issue")
    factories.make_article(slug="secret-article", study=study)
    group = factories.make_group(slug="group")
    for minutes_public in (True, False):
        meeting = factories.make_meeting(group=group, status="held")
        meeting.minutes, meeting.approved_at = "approved", now
        meeting.minutes_public = minutes_public
        meeting.save()


def urls(client, query=""):
    answer = client.get(f"/sitemap.xml{query}")
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return list(ElementTree.fromstring(answer.content))  # noqa: S314 - our own


def paths(client, query=""):
    found = [
        url.findtext(f"{MAP}loc").removeprefix(HOME) for url in urls(client, query)
    ]
    assert len(set(found)) == len(found)
    return found


def test_has_what_anybody_may_read(client, site):
    found = paths(client)
    for path in ("", "outputs/", "outputs/out/", "outputs/out/editions/1/"):
        assert f"/en/{path}" in found
    for path in ("outputs/planned/", "studies/wimd/", "events/event/", "groups/group/"):
        assert f"/cy/{path}" in found
    assert sum("/minutes/" in path for path in found) == 2
    assert sum("/newsletters/" in path for path in found) == 8


def test_every_page_of_it_is_there_for_anybody(client, site):
    for path in paths(client):
        assert client.get(path).status_code == 200, path


def test_nothing_that_is_not_out_is_in_it(client, manager_client, site):
    for reader in (client, manager_client):
        found = str(paths(reader))
        assert "secret" not in found
        assert "editions/2" not in found
        assert "manage" not in found


def test_each_page_names_the_other_language(client, site):
    for url in urls(client):
        own = url.findtext(f"{MAP}loc")
        each = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        assert set(each) == {"en", "cy", "x-default"}
        assert own in (each["en"], each["cy"])
        assert each["en"] == each["x-default"] == each["cy"].replace("/cy/", "/en/", 1)


def test_says_when_an_output_was_changed(client, site):
    (url,) = [
        u for u in urls(client) if u.findtext(f"{MAP}loc").endswith("/cy/outputs/out/")
    ]
    assert url.findtext(f"{MAP}lastmod").startswith(f"{timezone.localdate():%Y-%m-%d}T")


def test_a_large_site_has_more_than_one_map(client, site, monkeypatch):
    whole = paths(client)
    monkeypatch.setattr(sitemap, "MOST", 10)
    maps = paths(client)
    assert maps == [f"/sitemap.xml?part={n + 1}" for n in range(len(maps))]
    assert [p for one in maps for p in paths(client, one.partition("xml")[2])] == whole
    for wrong in ("0", "99", "x", "-1", "٣", "01"):
        assert client.get(f"/sitemap.xml?part={wrong}").status_code == 404


def test_what_has_not_changed_is_not_sent_again(client, site):
    answer = client.get("/sitemap.xml")
    again = client.get("/sitemap.xml", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_robots_are_told_where_it_is(client, settings):
    settings.SITE_URL = "https://research.example.wales"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Sitemap: https://research.example.wales/sitemap.xml" in lines
    assert "Disallow: /cy/account/" in lines
    assert not any("outputs" in line for line in lines)


def test_costs_few_queries(client, site, django_assert_max_num_queries):
    for _ in range(4):
        factories.make_output(published=True)
    with django_assert_max_num_queries(14):
        client.get("/sitemap.xml")
