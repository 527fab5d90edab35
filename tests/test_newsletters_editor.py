"""Writing an issue or an article: nothing typed is lost, nobody's words overwritten."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import differences
from newsletters.models import Article, Issue, Unsaved
from newsletters.services import articles, issues, saving, unsaved
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
BEFORE = timezone.now() - timedelta(days=2)
WORDS = (
    *("title_en", "title_cy", "summary_en", "summary_cy", "body_en", "body_cy"),
    *("meaning_en", "meaning_cy"),
)


@pytest.fixture
def issue():
    return factories.make_issue(articles=1)


@pytest.fixture
def article(issue):
    found = issue.places.get().article
    Article.objects.update(edited_en_at=BEFORE, edited_cy_at=BEFORE)
    return found


@pytest.fixture
def other():
    return factories.make_user(name="Siân Ŵyn")


def address(issue, article):
    return f"/en/newsletters/issues/{issue.pk}/articles/{article.pk}/"


def keep_address(kind, pk):
    return f"/en/newsletters/unsaved/{kind}/{pk}/"


def sent(article, **changes):
    """All words of an article as its form sends them."""
    article.refresh_from_db()
    words = {name: getattr(article, name) for name in WORDS}
    return words | {"seen": saving.version(article)} | changes


def stamps(article):
    article.refresh_from_db()
    return article.edited_en_at, article.edited_cy_at


class TestStamps:
    def test_only_the_language_that_changed_is_newer(
        self, manager_client, issue, article
    ):
        words = sent(article, body_en="New")
        assert manager_client.post(address(issue, article), words).status_code == 302
        english, welsh = stamps(article)
        assert english > BEFORE
        assert welsh == BEFORE

    @pytest.mark.parametrize("changes", [{"body_en": "New"}, {}])
    def test_ticked_both_are_of_one_time(self, manager_client, issue, article, changes):
        words = sent(article, **changes, same="on")
        manager_client.post(address(issue, article), words)
        english, welsh = stamps(article)
        assert english == welsh > BEFORE

    def test_so_are_both_when_both_change(self, manager_client, issue, article):
        words = sent(article, title_en="New", meaning_cy="Newydd")
        manager_client.post(address(issue, article), words)
        english, welsh = stamps(article)
        assert english == welsh > BEFORE

    def test_the_first_words_of_a_language_are_of_the_time_of_the_other(self, issue):
        article = articles.create(
            by=None, issue=issue, fields={"title_en": "A", "summary_en": "B"}
        )
        english, welsh = stamps(article)
        assert english == welsh
        seen = saving.version(article)
        fields = {"title_cy": "Ll", "summary_cy": ""}
        articles.update(by=None, article=article, fields=fields, seen=seen)
        english, welsh = stamps(article)
        assert english == welsh

    def test_nothing_changed_changes_no_time(self, issue):
        Issue.objects.update(edited_en_at=BEFORE, edited_cy_at=BEFORE)
        fields = {"title_en": issue.title_en, "title_cy": issue.title_cy}
        seen = saving.version(issue)
        issues.update(by=None, issue=issue, fields=fields, seen=seen)
        assert stamps(issue) == (BEFORE, BEFORE)
        fields["title_cy"] = "Newydd"
        issues.update(by=None, issue=issue, fields=fields, seen=issue_version(issue))
        assert issue.edited_en_at == BEFORE
        assert stamps(issue)[1] > BEFORE


def issue_version(issue):
    issue.refresh_from_db()
    return saving.version(issue)


class TestKeeping:
    def test_what_is_typed_is_offered_again_and_gone_once_saved(
        self, manager_client, manager, issue, article
    ):
        words = sent(article, body_en="Half a sent")
        answer = manager_client.post(keep_address("article", article.pk), words)
        assert re.fullmatch(
            r"Kept at \d\d:\d\d, not saved yet\.", answer.json()["kept"]
        )
        article.refresh_from_db()
        assert article.body_en != "Half a sent"
        page = manager_client.get(address(issue, article)).content.decode()
        assert "Half a sent</textarea>" in page
        assert "It is not saved yet." in page
        assert "What is saved, and what is yours" in page
        assert not Entry.objects.exists(), "no news for the trail"
        words["body_en"] = "Half a sentence no more."
        manager_client.post(address(issue, article), words)
        assert not Unsaved.objects.exists()

    def test_thrown_away_the_saved_text_is_shown(self, manager_client, issue, article):
        words = sent(article, body_en="Half a sent")
        manager_client.post(keep_address("article", article.pk), words)
        answer = manager_client.post(
            keep_address("article", article.pk) + "discard/",
            {"issue": issue.pk},
            follow=True,
        )
        assert answer.redirect_chain[-1][0] == address(issue, article)
        page = answer.content.decode()
        assert "Half a sent" not in page
        assert article.body_en in page

    def test_what_is_typed_back_is_kept_no_longer(self, manager_client, article):
        keep = keep_address("article", article.pk)
        manager_client.post(keep, sent(article, body_en="Other"))
        words = sent(article, body_en=article.body_en + "\r\n")
        assert manager_client.post(keep, words).json() == {"kept": "", "others": []}
        assert not Unsaved.objects.exists()

    def test_a_new_article_is_kept_before_there_is_one(
        self, manager_client, issue, article
    ):
        words = {"title_en": "New", "summary_en": "", "body_en": "a\x00b\r\nc"}
        manager_client.post(keep_address("new_article", issue.pk), words)
        page = f"/en/newsletters/issues/{issue.pk}/articles/new/"
        text = manager_client.get(page).content.decode()
        assert 'value="New"' in text
        assert "ab\nc</textarea>" in text
        assert Article.objects.count() == 1
        manager_client.post(page, words | {"summary_en": "S", "body_en": "B"})
        assert Article.objects.count() == 2
        assert not Unsaved.objects.exists()

    def test_a_new_issue_too(self, manager_client, issue):
        newsletter = issue.newsletter
        keep = keep_address("new_issue", newsletter.pk)
        manager_client.post(keep, {"title_en": "Spring"})
        page = f"/en/newsletters/manage/{newsletter.slug}/new/"
        assert 'value="Spring"' in manager_client.get(page).content.decode()
        answer = manager_client.post(keep + "discard/")
        assert answer.url == page
        assert 'value="Spring"' not in manager_client.get(page).content.decode()

    def test_without_a_script_a_refused_form_is_kept(
        self, manager_client, issue, article
    ):
        words = sent(article, title_en="", body_en="Long work")
        answer = manager_client.post(address(issue, article), words)
        assert answer.status_code == 422
        assert Unsaved.objects.get().fields["body_en"] == "Long work"

    def test_an_issue_that_went_meanwhile_keeps_the_words(self, manager_client, issue):
        Issue.objects.update(state="sending")
        page = f"/en/newsletters/issues/{issue.pk}/"
        answer = manager_client.post(page, {"title_en": "Late"}, follow=True)
        assert "Not saved: this is no draft any more." in answer.content.decode()
        assert Unsaved.objects.get().fields["title_en"] == "Late"

    @pytest.mark.parametrize(("kind", "code"), [("article", 404), ("person", 404)])
    def test_only_for_what_there_is(self, manager_client, db, kind, code):
        assert manager_client.post(keep_address(kind, 9999)).status_code == code

    def test_only_for_managers(self, client, member_client, article):
        keep = keep_address("article", article.pk)
        assert client.post(keep, sent(article, body_en="x")).status_code == 302
        assert member_client.post(keep, sent(article, body_en="x")).status_code == 403
        assert not Unsaved.objects.exists()


class TestTwo:
    def test_each_sees_the_other_and_keeps_their_own(
        self, manager_client, manager, other, issue, article
    ):
        keep = keep_address("article", article.pk)
        signed_in(other).post(keep, sent(article, body_en="Hers"))
        page = manager_client.get(address(issue, article)).content.decode()
        assert "Siân Ŵyn is writing here too" in page
        assert "Hers" not in page
        answer = manager_client.post(keep, sent(article, body_en="His")).json()
        assert "Siân Ŵyn" in answer["others"][0]
        kept = {row.user: row.fields["body_en"] for row in Unsaved.objects.all()}
        assert kept == {other: "Hers", manager: "His"}

    def test_the_late_one_sees_both_and_overwrites_nothing(
        self, manager_client, other, issue, article
    ):
        late = sent(article, body_en="One blue house")
        hers = sent(article, body_en="One red house")
        signed_in(other).post(address(issue, article), hers)
        told = manager_client.post(keep_address("article", article.pk), late).json()
        assert "Siân Ŵyn saved this at" in told["others"][0]
        answer = manager_client.post(address(issue, article), late)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Siân Ŵyn saved this at" in page
        assert re.search(r"<del>.*?red</del><ins>.*?blue</ins> house", page)
        assert "One blue house</textarea>" in page
        article.refresh_from_db()
        assert article.body_en == "One red house"

    def test_then_mine_on_purpose(self, manager_client, other, issue, article):
        late = sent(article, body_en="Mine")
        signed_in(other).post(address(issue, article), sent(article, body_en="Hers"))
        page = manager_client.post(address(issue, article), late).content.decode()
        over = re.search(r'name="over" value="([^"]+)"', page)[1]
        signed_in(other).post(address(issue, article), sent(article, body_en="Hers 2"))
        again = manager_client.post(address(issue, article), late | {"over": over})
        assert again.status_code == 422, "what was not seen is not overwritten"
        over = re.search(r'name="over" value="([^"]+)"', again.content.decode())[1]
        done = manager_client.post(address(issue, article), late | {"over": over})
        assert done.status_code == 302
        article.refresh_from_db()
        assert article.body_en == "Mine"
        assert not Unsaved.objects.exists()

    def test_or_theirs(self, manager_client, other, issue, article):
        late = sent(article, body_en="Mine")
        signed_in(other).post(address(issue, article), sent(article, body_en="Hers"))
        page = manager_client.post(address(issue, article), late).content.decode()
        assert "Take what is saved and drop mine" in page
        page = manager_client.get(address(issue, article)).content.decode()
        assert "Mine</textarea>" in page, "after a closed tab too"
        assert "Throw it away and show what is saved" in page
        drop = keep_address("article", article.pk) + "discard/"
        page = manager_client.post(drop, {"issue": issue.pk}, follow=True)
        assert "Hers</textarea>" in page.content.decode()
        assert "Mine" not in page.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "a b c",
            "a x c",
            [("same", "a "), ("gone", "b"), ("new", "x"), ("same", " c")],
        ),
        ("", "new", [("new", "new")]),
        ("gone", "", [("gone", "gone")]),
        ("a\nb", "a\nb", [("same", "a\nb")]),
    ],
)
def test_differences_are_of_words(old, new, found):
    assert [tuple(part) for part in differences.between(old, new)] == found


@pytest.mark.slow
def test_long_texts_are_compared_by_lines():
    old = "\n".join(f"line {n} of many words" for n in range(1500))
    parts = differences.between(old, old.replace("line 700 ", "row 700 "))
    changed = [tuple(part) for part in parts if part.kind != "same"]
    assert changed == [
        ("gone", "line 700 of many words\n"),
        ("new", "row 700 of many words\n"),
    ]


def test_the_length_of_a_summary_is_counted(manager_client, issue, article):
    Article.objects.update(summary_en="one two three", summary_cy="un dau")
    page = manager_client.get(address(issue, article)).content.decode()
    counts = re.findall(r'data-words-of="id_summary_(..)">(\d+)<', page)
    assert counts == [("en", "3"), ("cy", "2")]
    assert "(30 to 60 is a good length)" in page


def test_what_is_over_is_forgotten(article):
    text = factories.make_unsaved(target_id=article.pk)
    unsaved.forget(by=None, row=text)
    assert not Unsaved.objects.exists()
    assert Entry.objects.get().action == "unsaved.forgotten"


def test_help_with_markdown_shows_what_comes_of_it(manager_client):
    page = manager_client.get("/en/newsletters/manage/markdown/").content.decode()
    assert "This is **important**." in page
    assert "<strong>important</strong>" in page


def test_in_welsh(manager_client, issue, article):
    keep = f"/cy/newsletters/unsaved/article/{article.pk}/"
    answer = manager_client.post(keep, sent(article, body_en="x")).json()
    assert answer["kept"].startswith("Cofnodwyd am")
    page = f"/cy/newsletters/issues/{issue.pk}/articles/{article.pk}/"
    assert "Nid yw wedi'i gadw eto." in manager_client.get(page).content.decode()


def test_pages_ask_the_database_a_bounded_number_of_times(
    manager_client, manager, issue, article, django_assert_max_num_queries
):
    for _ in range(5):
        user = factories.make_user()
        factories.make_unsaved(user=user, target_id=article.pk)
    factories.make_unsaved(user=manager, target_id=article.pk)
    with django_assert_max_num_queries(9):
        manager_client.get(address(issue, article))
    with django_assert_max_num_queries(14):
        manager_client.post(
            keep_address("article", article.pk), sent(article, body_en="x")
        )
