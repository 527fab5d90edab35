"""Links of a mail to whatever is read on the site say which mail they stood in."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.utils import timezone

from engagement.core import tokens
from engagement.metrics import of_hits
from engagement.metrics.services import hits
from newsletters.models import Article, Delivery, Link, Newsletter, Reading
from newsletters.services import mail_links, marks, readings, rendering, segments
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def output(study):
    return factories.make_output(published=True, study=study, slug="report")


@pytest.fixture
def file(output):
    return factories.make_file(output=output)


@pytest.fixture
def event(study):
    return factories.make_event(published=True, study=study, slug="workshop")


@pytest.fixture
def issue(study, output, file, event):
    newsletter = factories.make_newsletter(study=study, slug="news")
    issue = factories.make_issue(newsletter=newsletter, articles=1, slug="spring")
    article = issue.places.get().article
    Link.objects.create(article=article, position=1, output=output)
    Link.objects.create(article=article, position=2, event=event)
    Article.objects.update(
        summary_en=f"The [data](/en/outputs/files/{file.pk}/) and "
        f"[chapter two]({SITE}/en/outputs/report/#two), <{SITE}/en/events/workshop/>, "
        f"[all](/en/outputs/?kind=report), [the team](/en/studies/{study.slug}/ask/)."
    )
    return issue


@pytest.fixture
def out(issue):
    return factories.send_out(issue)


def parts(issue, mark=marks.MARK):
    """The text and the HTML of one person's mail."""
    made = segments.prepare(issue, "en", mark=mark).fill(
        recipient="ann@example.org", token="t" * 22, name="delivery-1"
    )
    mail = message_from_bytes(made, policy=policy.default)
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


def addresses(issue, output, file, event):
    article = issue.places.get().article
    return [
        f"/en/outputs/files/{file.pk}/",
        *(each.get_absolute_url() for each in (article, issue, output, event)),
    ]


@pytest.mark.parametrize("mark", ["d", "r"])
def test_each_link_to_what_is_read_carries_the_mark(issue, output, file, event, mark):
    text, html = parts(issue, mark)
    for address in addresses(issue, output, file, event):
        for part in (text, html):
            assert re.search(rf"{SITE}{address}\?{mark}=[\w:-]{{83}}", part), address
    assert re.search(rf'href="{SITE}/en/outputs/report/\?{mark}=[\w:-]+#two"', html)
    assert len(set(re.findall(r"\?[dr]=[\w:-]+", text + html))) == 1
    for part in (text, html):
        for other in ("/ask/", "/preferences/", "/unsubscribe/", "/objection/"):
            (_before, *after) = part.split(other)
            assert after
            assert not any(each.startswith("?") for each in after)
        assert "/en/outputs/?kind=report" in part


def test_what_is_shown_of_an_address_stays_as_it_was_written(issue):
    _text, html = parts(issue)
    assert f">{SITE}/en/events/workshop/</a>" in html


@pytest.mark.parametrize("privacy", ["none", "unlinkable"])
def test_without_a_mark_nothing_is_added(issue, privacy):
    """In the mode `none`, and in any for whoever objects."""
    Newsletter.objects.update(privacy=privacy)
    issue.newsletter.refresh_from_db()
    for part in parts(issue, "d" if privacy == "none" else ""):
        assert "?d=" not in part
        assert "?r=" not in part
        assert "0LETTER0" not in part


def test_the_size_that_is_checked_is_that_of_the_mail(issue):
    rendered = rendering.render(issue, language="en")
    longest = rendering.TOKEN_LETTERS * "x"
    sent = rendered.for_token(longest, f"?d={longest}", longest).html
    assert rendered.size == len(sent.encode()) + sent.count("\n")


def test_an_address_is_no_part_of_a_longer_one():
    known = {f"{SITE}/en/outputs/a/"}
    text = (
        f"{SITE}/en/outputs/a/. {SITE}/en/outputs/a/cite.ris {SITE}/en/outputs/a/?x=1"
    )
    assert mail_links.mark_text(text, known, "?d=m") == text.replace("a/.", "a/?d=m.")


def followed(client, address, word=None, **headers):
    word = word or marks.word(Newsletter.objects.get().pk)
    return client.get(f"{address}?d={word}", **BROWSER | headers)


def test_following_one_is_kept_and_leads_to_the_clean_address(
    client, out, output, file, event
):
    study = out.newsletter.study_id
    word = marks.word(out.newsletter_id)
    for address in addresses(out, output, file, event):
        answer = followed(client, address, word)
        assert (answer.status_code, answer["Location"]) == (302, address)
        assert answer["Cache-Control"] == "no-store"
        assert client.get(address, **BROWSER).status_code == 200
    kept = taken_hits().exclude(letter=None).order_by("pk")
    assert [(hit.target_kind, hit.target_id, hit.study_id) for hit in kept] == [
        ("link_file", file.pk, study),
        ("link", out.places.get().article_id, study),
        ("link_issue", out.pk, study),
        ("link_output", output.pk, study),
        ("link_event", event.pk, study),
    ]
    assert len(set(kept.values_list("letter", flat=True))) == 1
    pages = taken_hits().filter(letter=None).order_by("pk")
    assert [hit.target_kind for hit in pages] == ["file", "article", "issue", "output"]


def test_an_edition_and_a_document_are_followed_too(client, out, output):
    document = factories.make_document(issue=out)
    edition = output.editions.get()
    for address in (
        f"/en/outputs/report/editions/{edition.number}/",
        f"/en/newsletters/news/spring/{document.language}.pdf",
    ):
        assert followed(client, address)["Location"] == address
    first, second = taken_hits().order_by("pk")
    assert (first.target_kind, first.target_id) == ("link_output", output.pk)
    assert (second.target_kind, second.target_id) == ("link_document", document.pk)


def test_three_different_links_of_one_mail_at_once_are_a_machine_s(
    client, out, output, event
):
    """An output, an event and an issue of one number are three links."""
    with time_machine.travel(timezone.now(), tick=False):
        word = marks.word(out.newsletter_id)
        for thing in (output, event):
            followed(client, thing.get_absolute_url(), word)
        assert {hit.rule for hit in taken_hits()} == {"none of the others"}
        followed(client, out.get_absolute_url(), word)
        assert {hit.rule for hit in taken_hits()} == {"burst"}


def test_the_figure_counts_deliveries_and_not_openings(client, out, output, event):
    study = out.newsletter.study_id
    word = marks.word(out.newsletter_id)
    for thing in (output, event):
        followed(client, thing.get_absolute_url(), word)
    followed(client, output.get_absolute_url())
    hits_of = taken_hits().filter(study_id=study)
    opening = hits_of.first()
    opening.pk, opening.target_kind, opening.letter = None, "pixel", 1
    opening.save()
    factories.count_hits()
    assert of_hits.followed(study, None).value == 2


def test_what_a_newsletter_that_stopped_counting_sent_is_not_kept(client, out, output):
    word = marks.word(out.newsletter_id)
    factories.make_newsletter(slug="other")
    Newsletter.objects.filter(pk=out.newsletter_id).update(privacy="none")
    for address in (output.get_absolute_url(), out.get_absolute_url()):
        assert followed(client, address, word)["Location"] == address
    assert not taken_hits().exists()


def test_a_mark_lasts_ninety_days_and_cannot_be_made_up(client, out, output):
    address = output.get_absolute_url()
    good = marks.word(out.newsletter_id)
    bad = ["", "x", f"{good}x", tokens.make("unsubscribe", f"{out.newsletter_id}.a")]
    bad += [tokens.make("letter", word) for word in ("word", "0.word", "9999.word")]
    for word in bad:
        answer = client.get(f"{address}?d={word}", **BROWSER)
        assert answer["Location"] == address
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        followed(client, address, good)
    assert not taken_hits().exists()


def test_what_is_not_out_keeps_nothing(client, issue, output, event):
    for thing in (output, event):
        type(thing).objects.update(status="draft")
        address = thing.get_absolute_url()
        assert followed(client, address)["Location"] == address
        assert client.get(address).status_code == 404
    followed(client, issue.get_absolute_url())
    assert not taken_hits().exists()


def test_other_pages_and_other_methods_are_as_they_were(client, out, event):
    word = marks.word(out.newsletter_id)
    for address in (f"/en/events/?d={word}", f"/en/studies/?d={word}"):
        assert client.get(address, **BROWSER).status_code == 200
    assert client.post(f"{out.get_absolute_url()}?d={word}").status_code == 405
    assert client.head(f"{out.get_absolute_url()}?d={word}").status_code == 302
    assert not taken_hits().exists()


def test_neither_a_test_nor_who_objects_is_kept(client, out, output):
    address, mark = output.get_absolute_url(), hits.test_mark()
    word = marks.word(out.newsletter_id)
    answer = client.get(f"{address}?{mark}&d={word}", **BROWSER)
    assert answer["Location"] == f"{address}?{mark}"
    client.get(answer["Location"], **BROWSER)
    followed(client, address, HTTP_SEC_GPC="1")
    client.cookies["uncounted"] = "1"
    followed(client, address)
    assert not taken_hits().exists()


def test_by_name_only_articles_are_kept(client, out, output):
    Newsletter.objects.update(privacy="named")
    out.newsletter.refresh_from_db()
    person = factories.make_subscription(newsletter=out.newsletter).person
    readings.agree(person=person, newsletter=out.newsletter, language="en")
    delivery = Delivery.objects.create(
        issue=out,
        person=person,
        sector="academic",
        token="t",
        due_at=timezone.now(),
    )
    token = tokens.make("reader", delivery.token)
    for address in (output.get_absolute_url(), out.get_absolute_url()):
        assert client.get(f"{address}?r={token}", **BROWSER)["Location"] == address
    kept = taken_hits()
    assert {hit.target_kind for hit in kept} == {"link_output", "link_issue"}
    assert {hit.sector for hit in kept} == {"academic"}
    assert not Reading.objects.exists()


def test_it_asks_the_database_little(client, out, output, django_assert_num_queries):
    with django_assert_num_queries(2):
        followed(client, output.get_absolute_url(), marks.word(out.newsletter_id))
