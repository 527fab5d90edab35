"""Asking for a feed is counted as pages and documents are."""

import pytest

from newsletters.metrics import feed_readers
from newsletters.models import Newsletter
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
OF_NEWSLETTER, OF_STUDY = "newsletters/wimd/feed.atom", "studies/wimd/feed.atom"
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Thunderbird/140.0"}


@pytest.fixture
def newsletter(study):
    return factories.make_newsletter(slug="wimd", study=study)


@pytest.mark.parametrize(
    ("path", "kind"), [(OF_NEWSLETTER, "feed"), (OF_STUDY, "study_feed")]
)
def test_each_request_is_kept(client, newsletter, path, kind):
    first = client.get(f"/en/{path}", **READER)
    again = client.get(f"/cy/{path}", headers={"If-None-Match": first["ETag"]})
    client.head(f"/en/{path}", **READER)
    assert again.status_code in {200, 304}
    person, machine = taken_hits().order_by("pk")
    assert person.target_kind == machine.target_kind == kind
    assert person.study_id == newsletter.study_id
    assert (person.hit_class, machine.hit_class) == ("person", "machine")


def test_one_that_has_not_changed_counts_too(client, newsletter):
    etag = client.get(f"/en/{OF_NEWSLETTER}")["ETag"]
    headers = {"If-None-Match": etag}
    assert client.get(f"/en/{OF_NEWSLETTER}", headers=headers).status_code == 304
    assert taken_hits().count() == 2


@pytest.mark.parametrize("path", [OF_NEWSLETTER, OF_STUDY])
def test_not_where_readers_are_not_counted(client, newsletter, path):
    Newsletter.objects.update(privacy="none")
    assert client.get(f"/en/{path}", **READER).status_code == 200
    assert not taken_hits().exists()


def test_the_figure_counts_a_program_once_a_day(client, newsletter, manager_client):
    for _time in range(3):
        client.get(f"/en/{OF_NEWSLETTER}", **READER)
    client.get(f"/en/{OF_STUDY}", **READER, REMOTE_ADDR="127.0.0.2")
    client.get(f"/en/{OF_STUDY}", HTTP_USER_AGENT="Googlebot/2.1")
    factories.count_hits()
    found = feed_readers(newsletter.study_id)
    assert (found.value, found.at_most) == (2, 2)
    page = manager_client.get("/en/studies/wimd/metrics/").content.decode()
    assert "Readers of feeds" in page
