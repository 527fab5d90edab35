"""The PDF of an issue, read: its structure, its words, and what it may not fetch."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from celery import current_app

from newsletters.models import Document, Issue, Link
from newsletters.services import documents
from newsletters.tasks import make_documents, sweep_documents
from tests import factories
from tests.support.hits import taken_hits
from tests.support.pdf_reading import elements, outline

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
BODY = """# What you can do

A table, and ![a hole](http://127.0.0.1:9/hole.png) <img src="file:///etc/passwd">.

| Read | Number |
| --- | --- |
| Skimmed | 23 |

## Deeper

* One
* Two
"""


@pytest.fixture
def newsletter(study):
    return factories.make_newsletter(slug="wimd", study=study, colour="#a4161a")


@pytest.fixture
def issue(newsletter):
    issue = factories.make_issue(
        newsletter=newsletter,
        articles=2,
        slug="spring",
        title_en="Data for small areas",
        title_cy="Data ar gyfer ardaloedd bach: dŵr a thŷ",
        is_synthetic=True,
    )
    article = issue.places.first().article
    article.body_en, article.body_cy = BODY, BODY.replace("A table", "Tabl ŵ ŷ")
    article.meaning_en, article.meaning_cy = "Ask first.", ""
    article.save()
    factories.make_picture(article=article)
    Link.objects.create(article=article, ask=issue.newsletter.study)
    return factories.send_out(issue, frozen_at=datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def kept(issue):
    documents.make(by=None, issue=issue)
    return issue


def read(issue, lang):
    return pypdf.PdfReader(BytesIO(documents.pdf(issue, lang)))


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_the_document_says_what_it_is_and_in_which_language(issue, lang):
    reader = read(issue, lang)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == getattr(issue, f"title_{lang}")
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfuaid:part[=>\"']+1", xmp)
    assert reader.metadata.creation_date == issue.frozen_at


def test_headings_follow_each_other_without_a_gap(issue):
    reader = read(issue, "en")
    levels = [int(tag[2]) for tag, _ in elements(reader) if re.match("/H[1-6]", tag)]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert max(levels) == 4
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


def test_bookmarks_lead_to_the_articles(issue):
    titles = list(outline(read(issue, "cy").outline))
    assert titles[0] == issue.title_cy
    for place in issue.places.select_related("article"):
        assert place.article.title_cy in titles
    assert "Ble i fynd nesaf" in titles


def test_each_picture_says_what_it_shows_and_each_header_what_it_heads(issue):
    for lang, words in (("en", "A grey dot"), ("cy", "Dot lwyd")):
        found = list(elements(read(issue, lang)))
        assert [node["/Alt"] for tag, node in found if tag == "/Figure"] == [words]
        heads = [node["/A"]["/Scope"] for tag, node in found if tag == "/TH"]
        assert heads == ["/Column", "/Column"]
        assert {"/Table", "/TR", "/TD", "/L", "/LI", "/Link"} <= {
            tag for tag, _ in found
        }


def test_a_text_in_the_other_language_says_so(issue):
    found = [node.get("/Lang") for _tag, node in elements(read(issue, "cy"))]
    assert "en" in found, "What this means for you is in English alone."
    assert "en" not in [n.get("/Lang") for _t, n in elements(read(issue, "en"))][:1]


def test_fonts_are_inside_and_welsh_letters_are_letters(issue):
    reader = read(issue, "cy")
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (below,) = font["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"])
            assert "/ToUnicode" in font
    text = "".join(page.extract_text() for page in reader.pages)
    for words in ("dŵr a thŷ", "Tabl ŵ ŷ", "synthetig", "Cynnwys", "1 / "):
        assert words in text, words


def test_nothing_is_fetched_but_pictures_of_the_issue(issue):
    """A request would fail the test: only this machine may be reached, and nobody
    listens there."""
    reader = read(issue, "en")
    pictures = {image.name for page in reader.pages for image in page.images}
    assert len(pictures) == 1
    assert not reader.attachments
    assert "root:" not in "".join(page.extract_text() for page in reader.pages)


def test_a_picture_that_is_not_what_it_seems_reads_no_file(issue, tmp_path):
    (tmp_path / "secret.txt").write_text("secret words")
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">
    <image href="file://{tmp_path}/secret.txt"/><text y="9">drawn</text></svg>"""
    article = issue.places.last().article
    factories.make_picture(article=article, content=svg.encode(), ending="svg")
    assert b"secret words" not in documents.pdf(issue, "en")
    picture = article.pictures.get()
    picture.upload.delete()
    assert documents.pdf(issue, "en").startswith(b"%PDF-")


def test_the_same_issue_makes_the_same_bytes(issue):
    assert documents.pdf(issue, "cy") == documents.pdf(issue, "cy")
    assert documents.pdf(issue, "cy") != documents.pdf(issue, "en")


def test_what_was_sent_is_kept_with_its_sum(client, kept):
    page = client.get(kept.get_absolute_url()).content.decode()
    for lang in ("en", "cy"):
        document = Document.objects.get(issue=kept, language=lang)
        answer = client.get(f"/en/newsletters/wimd/spring/{lang}.pdf")
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == document.sha256
        assert len(content) == document.size
        assert len(pypdf.PdfReader(BytesIO(content)).pages) == document.pages
        assert answer["Content-Language"] == lang
        assert document.sha256 in page
        assert (
            f'href="/en/newsletters/wimd/spring/{lang}.pdf" hreflang="{lang}"' in page
        )
    assert client.get("/en/newsletters/wimd/spring/fr.pdf").status_code == 404


def _next(waiting):
    """None where the queue is empty, which Redis takes for none at all."""
    try:
        return waiting.get_nowait()
    except waiting.Empty:
        return None


def work():
    """What a worker does with what the sweep put into its queue."""
    with current_app.connection_for_read() as connection:
        waiting = connection.SimpleQueue("celery")
        while message := _next(waiting):
            message.ack()
            if message.headers["task"] == make_documents.name:
                make_documents(**message.payload[1])


def test_the_sweep_makes_what_is_missing_and_nothing_twice(kept, newsletter):
    before = set(Document.objects.values_list("pk", "sha256"))
    late = factories.send_out(factories.make_issue(newsletter=newsletter, articles=1))
    factories.make_issue(newsletter=newsletter, articles=1)
    old = factories.make_issue(newsletter=newsletter, articles=1, state="archived")
    for _again in range(2):
        sweep_documents()
        work()
    assert before < set(Document.objects.values_list("pk", "sha256"))
    assert Document.objects.count() == 6
    assert {d.issue for d in Document.objects.all()} == {kept, late, old}


def test_what_a_sending_called_off_left_is_not_shown_and_is_made_anew(client, kept):
    stale = set(Document.objects.values_list("pk", flat=True))
    Document.objects.update(made_at=kept.frozen_at - timedelta(days=1))
    assert client.get("/en/newsletters/wimd/spring/en.pdf").status_code == 404
    documents.make_missing(kept.pk)
    assert Document.objects.count() == 2
    assert not stale & set(Document.objects.values_list("pk", flat=True))
    assert client.get("/en/newsletters/wimd/spring/en.pdf").status_code == 200


def test_an_article_that_changes_later_changes_no_document(client, kept):
    before = Document.objects.get(language="en").upload.read()
    article = kept.places.first().article
    article.body_en = "Something else."
    article.save()
    documents.make_missing(kept.pk)
    assert Document.objects.get(language="en").upload.read() == before


@pytest.mark.parametrize(("privacy", "hits"), [("unlinkable", 1), ("none", 0)])
def test_reading_is_counted_where_the_newsletter_counts(client, issue, privacy, hits):
    type(issue.newsletter).objects.update(privacy=privacy)
    document = factories.make_document(issue=issue)
    address = "/en/newsletters/wimd/spring/en.pdf"
    client.get(address, **READER)
    client.get(address, **READER, HTTP_RANGE="bytes=0-9")
    client.head(address, **READER)
    found = taken_hits().filter(target_kind="issue_document", target_id=document.pk)
    assert found.count() == hits


def test_the_figure_is_among_the_study_s(manager_client, client, issue, study):
    factories.make_document(issue=issue)
    client.get("/en/newsletters/wimd/spring/en.pdf", **READER)
    factories.count_hits()
    page = manager_client.get(f"/en/studies/{study.slug}/metrics/").content.decode()
    after = page.partition("Downloads of issues")[2]
    assert "at least 1, at most 1" in after[:400]


def test_one_that_is_gone_from_the_disk_is_not_found(client, issue):
    document = factories.make_document(issue=issue)
    document.upload.storage.delete(document.upload.name)
    assert client.get("/en/newsletters/wimd/spring/en.pdf").status_code == 404
    Issue.objects.update(state="draft")
    assert client.get("/en/newsletters/wimd/spring/en.pdf").status_code == 404
