"""Atom (RFC 4287) of published outputs, as a reader that is not ours takes it."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest

from engagement.outputs.models import Edition, File, Output
from tests.factories import make_file, make_output
from tests.factories.outputs import WITHDRAWN

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME = "http://127.0.0.1:8000"
XML = "{http://www.w3.org/XML/1998/namespace}"


def feed(client, lang="en"):
    answer = client.get(f"/{lang}/outputs/feed.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return read


@pytest.fixture
def output(study):
    output = make_output(
        slug="ranks",
        status="published",
        published_at=DAY,
        study=study,
        title_en="Ranks & <files>",
        title_cy="Safleoedd tŷ",
        summary_en="In **short**.",
        authors=["Rees, Bob", "The Office"],
    )
    Output.objects.update(changed_at=DAY)
    return output


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Ranks & <files>"), ("cy", "Safleoedd tŷ")]
)
def test_in_the_readers_language(client, output, lang, title):
    read = feed(client, lang)
    assert read.version == "atom10"
    own = f"{HOME}/{lang}/outputs/feed.atom"
    links = {(each.rel, each.get("hreflang")): each.href for each in read.feed.links}
    other = {"en": "cy", "cy": "en"}[lang]
    assert links["self", None] == read.feed.id == own
    assert links["alternate", other] == f"{HOME}/{other}/outputs/feed.atom"
    (entry,) = read.entries
    assert entry.title == title
    assert entry.id == entry.link == f"{HOME}/{lang}/outputs/ranks/"
    assert entry.author == "Bob Rees; The Office"
    assert entry.published == entry.updated == "2026-03-02T09:30:00+00:00"
    assert entry.tags[0].term == {"en": "Report", "cy": "Adroddiad"}[lang]


def test_the_summary_and_the_files_of_the_language(client, output):
    english = make_file(output=output, language="en", name="ranks.pdf")
    make_file(output=output, language="cy", name="safleoedd.pdf")
    (entry,) = feed(client).entries
    assert "<strong>short</strong>" in entry.summary
    (file,) = [link for link in entry.links if link.rel == "enclosure"]
    assert file.href == f"{HOME}/en/outputs/files/{english.pk}/"
    assert file.type == "application/pdf"


def test_only_what_is_out(client, manager_client, output):
    for status in ("draft", "planned", "proposed"):
        make_file(output=make_output(status=status))
    make_file(output=make_output(**WITHDRAWN))
    later = Edition.objects.create(output=output, number=2)
    file = make_file(output=output, name="secret.pdf")
    File.objects.filter(pk=file.pk).update(edition=later)
    for reader in (client, manager_client):
        (entry,) = feed(reader).entries
        assert not [link for link in entry.links if link.rel == "enclosure"]


def test_what_was_changed_last_comes_first(client, output):
    make_output(slug="newer", published=True)
    assert [entry.link.split("/")[-2] for entry in feed(client).entries] == [
        *("newer", "ranks")
    ]


def test_what_has_not_changed_is_not_sent_again(client, output):
    answer = client.get("/en/outputs/feed.atom")
    assert answer["Last-Modified"] == "Mon, 02 Mar 2026 09:30:00 GMT"
    again = {"if-none-match": answer["ETag"]}
    assert client.get("/en/outputs/feed.atom", headers=again).status_code == 304
    Output.objects.update(title_en="Other")
    assert client.get("/en/outputs/feed.atom", headers=again).status_code == 200


def test_an_empty_feed_stands_still(client):
    read = feed(client, "cy")
    assert read.entries == []
    assert read.feed.updated == "1970-01-01T00:00:00+00:00"
    root = ElementTree.fromstring(client.get("/cy/outputs/feed.atom").content)  # noqa: S314
    assert root.get(f"{XML}lang") == "cy"


def test_the_list_names_it(client):
    page = client.get("/en/outputs/").content.decode()
    assert 'type="application/atom+xml"' in page


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    for _ in range(6):
        make_output(published=True, with_file=True, study=study, authors=["A, B"])
    with django_assert_max_num_queries(4):
        feed(client)
