"""Issues, articles and the archive, as anybody reads them."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from newsletters.models import Article, Issue, Link
from newsletters.services import articles, mail_pictures, saving
from tests import factories
from tests.support import golden

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 3, 1, 9, tzinfo=UTC)
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def newsletter(study):
    return factories.make_newsletter(
        slug="wimd", study=study, title_en="WIMD news", title_cy="Newyddion MALlC"
    )


@pytest.fixture
def issue(newsletter):
    issue = factories.make_issue(newsletter=newsletter, articles=2, slug="spring")
    return factories.send_out(issue, frozen_at=SENT)


@pytest.fixture
def article(issue):
    return issue.places.first().article


def text(client, thing, lang="en"):
    with translation.override(lang):
        address = thing.get_absolute_url()
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_has_its_picture_its_meaning_and_its_links(client, article, study):
    picture = factories.make_picture(article=article, position=1, alt_en='A "dot"')
    factories.make_picture(article=article, position=2, alt_en="Not the first")
    Article.objects.filter(pk=article.pk).update(meaning_en="Ask.", meaning_cy="Gofyn.")
    Link.objects.create(article=article, ask=study)
    page = text(client, article)
    address = mail_pictures.path(picture.upload)
    assert f'src="{address}" alt="A &quot;dot&quot;"' in page
    assert "Not the first" not in page
    assert page.index("What this means for you</h2>") < page.index("Ask.")
    assert f'href="/en/studies/{study.slug}/ask/"' in page
    page = text(client, article, "cy")
    assert 'alt="Dot lwyd"' in page
    assert "Beth mae hyn yn ei olygu i chi" in page
    assert "Gofyn." in page


def test_a_picture_that_the_text_shows_does_not_stand_above_it(client, article):
    picture = factories.make_picture(article=article, alt_en="A grey dot")
    shown = f"![What it says](picture:{picture.name})"
    Article.objects.filter(pk=article.pk).update(body_en=f"Before.\n\n{shown}\n")
    page = text(client, article)
    assert page.count('alt="A grey dot"') == 1
    assert "<figcaption>What it says</figcaption>" in page


def test_a_picture_described_in_one_language_says_which(client, issue, article):
    factories.make_picture(article=article, alt_cy="")
    for thing in (issue, article):
        assert 'alt="A grey dot" lang="en"' in text(client, thing, "cy")
        assert 'alt="A grey dot" lang' not in text(client, thing)


def test_links_that_lead_nobody_anywhere_are_left_out(client, manager_client, article):
    for thing in (
        {"output": factories.make_output(title_en="Secret output")},
        {"event": factories.make_event(title_en="Secret event")},
        {"output": factories.make_output(published=True, title_en="Open output")},
        {"event": factories.make_event(published=True, title_en="Open event")},
    ):
        Link.objects.create(article=article, **thing)
    for reader in (client, manager_client):
        page = text(reader, article)
        assert "Secret" not in page
        assert page.index("Open output") < page.index("Open event")


def test_an_article_lives_once_and_stands_in_many_issues(client, issue, article):
    later = factories.make_issue(newsletter=issue.newsletter, title_en="Summer")
    later.places.create(article=article, position=1)
    draft = factories.make_issue(newsletter=issue.newsletter, title_en="Not yet")
    draft.places.create(article=article, position=1)
    factories.send_out(later)
    own = f'href="{article.get_absolute_url()}"'
    assert own in text(client, issue)
    assert own in text(client, later)
    page = text(client, article)
    assert "Not yet" not in page
    assert page.count(f'href="{later.get_absolute_url()}"') >= 1
    assert page.count(f'href="{issue.get_absolute_url()}"') >= 1
    assert Article.objects.filter(slug=article.slug).count() == 1


def test_what_was_changed_after_it_was_sent_says_so(client, manager, article):
    assert "Changed on" in text(client, article), "It was written after it was sent."
    Article.objects.filter(pk=article.pk).update(updated_at=SENT)
    assert "Changed on" not in text(client, article)
    article.refresh_from_db()
    fields, seen = {"body_en": "New words."}, saving.version(article)
    articles.update(by=manager, article=article, fields=fields, seen=seen)
    assert "Changed on" in text(client, article)
    assert "Newidiwyd ar" in text(client, article, "cy")


def test_a_draft_and_what_was_sent_before_dolen_has_not_changed(client, newsletter):
    old = factories.make_issue(newsletter=newsletter, articles=1, state="archived")
    article = old.places.first().article
    article.save()
    assert "Changed on" not in text(client, article)


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_pages_say_where_they_are_and_what_they_are(client, issue, article, lang):
    Article.objects.filter(pk=article.pk).update(
        **{f"summary_{lang}": 'A **"short"** text & more. ' * 20}
    )
    for thing in (issue, article, issue.newsletter):
        page = text(client, thing, lang)
        with translation.override(lang):
            own = SITE + thing.get_absolute_url()
        assert f'<link rel="canonical" href="{own}">' in page
        for code in ("en", "cy"):
            there = own.replace(f"/{lang}/", f"/{code}/")
            assert f'hreflang="{code}" href="{there}">' in page
        assert f'hreflang="x-default" href="{own.replace("/cy/", "/en/")}"' in page
    page = text(client, article, lang)
    (said,) = re.findall('<meta name="description" content="([^"]*)">', page)
    assert said.startswith("A &quot;short&quot; text &amp; more. A &quot;short")
    assert 'itemtype="https://schema.org/Article"' in page
    assert '<time itemprop="datePublished" datetime="2026-03-01T09:00:00+00:00"' in page
    page = text(client, issue, lang)
    assert 'itemtype="https://schema.org/PublicationIssue"' in page
    assert page.count('itemprop="hasPart"') == 2


def test_the_archive_goes_by_year_and_counts_what_was_sent_from_here(
    client, newsletter
):
    made = [("Old", None), ("First", 2025), ("Second", 2026), ("Third", 2026)]
    for number, (title, year) in enumerate(made):
        issue = factories.make_issue(newsletter=newsletter, title_en=title)
        sent = year and datetime(year, 2, 1 + number, tzinfo=UTC)
        state = "finished" if year else "archived"
        factories.send_out(issue, frozen_at=sent, state=state)
    factories.make_issue(newsletter=newsletter, title_en="Draft")
    page = text(client, newsletter)
    order = ["2026</h3>", "Third", "Issue 3", "Second", "Issue 2", "2025</h3>"]
    order += ["First", "Issue 1", "Before Dolen</h3>", "Old"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Draft" not in page
    assert "Rhifyn 3, 4 Chwefror 2026" in text(client, newsletter, "cy")


def test_an_empty_archive_says_so(client, newsletter):
    assert "No issue has been sent yet." in text(client, newsletter)


def test_a_picture_is_where_the_mail_has_it_too(client, issue):
    picture = factories.make_picture(article=issue.places.first().article)
    (address,) = re.findall(r'src="(/pictures/[^"]*)"', text(client, issue))
    assert mail_pictures.address(picture.upload) == SITE + address
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == factories.PNG
    assert answer["Content-Type"] == "image/png"


def test_a_picture_of_a_draft_is_for_who_sees_the_draft(client, manager_client, issue):
    picture = factories.make_picture(article=issue.places.first().article)
    Issue.objects.update(state="draft")
    issue.refresh_from_db()
    assert mail_pictures.path(picture.upload) in text(manager_client, issue)
    for address in (
        issue.get_absolute_url(),
        f"/pictures/{'0' * 20}/{picture.upload.name}",
        f"/en/newsletters/pictures/{picture.pk}/",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("ending", ["svg", "html", "pdf", "x"])
def test_what_could_run_is_not_shown_as_a_picture(client, article, ending):
    picture = factories.make_picture(article=article, ending=ending)
    assert client.get(mail_pictures.path(picture.upload)).status_code == 404


def test_the_questions_do_not_grow(client, newsletter, django_assert_max_num_queries):
    for _number in range(4):
        issue = factories.make_issue(newsletter=newsletter, articles=6)
        for place in issue.places.all():
            Link.objects.create(article=place.article, ask=newsletter.study)
            factories.make_picture(article=place.article)
        factories.send_out(issue)
    for thing, most in ((issue, 8), (place.article, 9), (newsletter, 2)):
        with django_assert_max_num_queries(most):
            text(client, thing)


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_the_page_of_an_issue_byte_for_byte(client, newsletter, lang):
    """tests/golden/issue-*.html: what stands between the header and the footer."""
    issue = factories.make_issue(
        newsletter=newsletter,
        slug="golden",
        title_en="Data for small areas & more",
        title_cy="Data ar gyfer ardaloedd bach a mwy",
        intro_en="**First** words.",
        intro_cy="Geiriau **cyntaf**.",
    )
    for position in (1, 2):
        article = factories.make_article(
            study=newsletter.study,
            slug=f"golden-{position}",
            title_en=f"The {position}. piece",
            title_cy=f"Darn {position}",
            summary_en=f"In short, {position}.",
            summary_cy=f"Yn fyr, {position}.",
        )
        issue.places.create(article=article, position=position)
    factories.send_out(issue, frozen_at=SENT)
    main = text(client, issue, lang).partition("<main")[2].partition("</main>")[0]
    # The number of its row is another on each database.
    main = main.replace(f"/issue/{issue.pk}/", "/issue/1/")
    lines = (line.strip() for line in main.splitlines())
    golden.same(f"issue-{lang}.html", "\n".join(filter(None, lines)) + "\n")
