"""Author and approver are two people, and an approval is for these words alone."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from engagement.accounts.models import Role, User
from engagement.audit.models import Entry
from engagement.mail.models import Message
from newsletters.models import Approval, Link, Picture
from newsletters.services import (
    approvals,
    articles,
    comparing,
    content,
    issues,
    saving,
    scheduling,
)
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(manager):
    return manager


@pytest.fixture
def approver(db):
    return factories.make_user(Role.MANAGER, name="Bryn")


@pytest.fixture
def issue(author):
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    fields = {"title_en": "Spring", "title_cy": "Gwanwyn"}
    issue = issues.create(by=author, newsletter=newsletter, fields=fields)
    for article in (factories.make_article(), factories.make_article()):
        issues.place_article(by=author, issue=issue, article=article)
    return issue


def path(issue, *parts):
    return f"/en/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def change(article, by, **fields):
    seen = saving.version(article)
    articles.update(by=by, article=article, fields=fields, seen=seen)


def first(issue):
    return issue.places.order_by("position").first().article


class TestContent:
    def add_picture(self, article, name="map", data=b"png"):
        picture = Picture(article=article, name=name, width=1, height=1, alt_en="A map")
        picture.upload.save(f"{name}.png", ContentFile(data))
        return picture

    @pytest.mark.parametrize(
        "field", ["title_cy", "summary_en", "body_cy", "meaning_en", "meaning_cy"]
    )
    def test_each_word_counts(self, issue, field):
        before = content.digest(issue)
        article = first(issue)
        setattr(article, field, "Something else")
        article.save()
        assert content.digest(issue) != before

    def test_the_order_counts(self, issue, author):
        before = content.digest(issue)
        issues.move_article(by=author, issue=issue, article=first(issue), up=False)
        assert content.digest(issue) != before

    def test_a_picture_counts_and_so_does_its_file(self, issue):
        digests = [content.digest(issue)]
        picture = self.add_picture(first(issue))
        digests.append(content.digest(issue))
        with picture.upload.storage.open(picture.upload.name, "wb") as file:
            file.write(BytesIO(b"other").getvalue())
        digests.append(content.digest(issue))
        picture.alt_cy = "Map"
        picture.save()
        digests.append(content.digest(issue))
        picture.upload.storage.delete(picture.upload.name)
        digests.append(content.digest(issue))
        assert len(set(digests)) == 5

    def test_a_link_counts_with_the_title_that_is_read(self, issue):
        output = factories.make_output()
        Link.objects.create(article=first(issue), output=output)
        before = content.digest(issue)
        output.title_cy = "Teitl arall"
        output.save()
        assert content.digest(issue) != before

    def test_what_belongs_to_the_newsletter_does_not(self, issue):
        before = content.digest(issue)
        issue.newsletter.colour = "#000000"
        issue.newsletter.sender_name_en = "Another"
        issue.newsletter.save()
        assert content.digest(issue) == before

    def test_costs_the_same_however_many_articles(
        self, issue, django_assert_num_queries
    ):
        for _ in range(5):
            issues.place_article(by=None, issue=issue, article=factories.make_article())
        event, output = factories.make_event(), factories.make_output()
        for place in issue.places.all():
            self.add_picture(place.article)
            Link.objects.create(article=place.article, output=output)
            Link.objects.create(article=place.article, event=event, position=1)
        with django_assert_num_queries(5):
            content.digest(issue)

    def test_comes_back_from_the_database_the_same(self, issue, approver):
        approvals.approve(by=approver, issue=issue)
        kept = Approval.objects.get()
        assert content.digest_of(kept.content) == kept.digest == content.digest(issue)


class TestWhoMay:
    def test_the_author_may_not(self, issue, author):
        with pytest.raises(approvals.OwnWork):
            approvals.approve(by=author, issue=issue)
        assert not Approval.objects.exists()

    def test_a_second_person_may(self, issue, approver):
        approval = approvals.approve(by=approver, issue=issue)
        assert approvals.current(issue) == approval
        assert (
            Entry.objects.filter(action="issue.approved").get().actor_id == approver.pk
        )

    def test_who_changed_an_article_wrote_some_of_it(self, issue, approver):
        change(first(issue), approver, title_en="Mine")
        with pytest.raises(approvals.OwnWork):
            approvals.approve(by=approver, issue=issue)

    def test_who_wrote_an_article_for_another_issue_wrote_it(self, issue, approver):
        other = factories.make_issue(newsletter=issue.newsletter)
        words = {"title_en": "A", "summary_en": "B"}
        article = articles.create(by=approver, issue=other, fields=words)
        assert approvals.writers(issue).isdisjoint({approver.pk})
        issues.place_article(by=None, issue=issue, article=article)
        assert approver.pk in approvals.writers(issue)

    def test_who_put_an_article_into_another_issue_did_not_write_it(
        self, issue, approver
    ):
        other = factories.make_issue(newsletter=issue.newsletter)
        issues.place_article(by=approver, issue=other, article=first(issue))
        assert approver.pk not in approvals.writers(issue)

    def test_who_approves_and_schedules_stays_able_to(self, issue, approver):
        approvals.approve(by=approver, issue=issue)
        scheduling.send_now(by=approver, issue=issue)
        assert approver.pk not in approvals.writers(issue)

    def test_every_action_is_writing_unless_it_is_named(self, issue, approver):
        from engagement.audit.services import entries

        entries.record(by=approver, action="issue.of_a_new_kind", target=issue)
        assert approver.pk in approvals.writers(issue)


class TestHowLongItHolds:
    def test_an_edit_voids_it_and_putting_it_back_does_not_matter(
        self, issue, approver, author
    ):
        approval = approvals.approve(by=approver, issue=issue)
        article = first(issue)
        old = article.body_cy
        change(article, author, body_cy="Geiriau newydd")
        assert approvals.current(issue) is None
        article.refresh_from_db()
        change(article, author, body_cy=old)
        assert approvals.current(issue) == approval

    def test_nothing_goes_without_one(self, issue, approver, author):
        with pytest.raises(scheduling.NotApproved):
            scheduling.send_now(by=author, issue=issue)
        approvals.approve(by=approver, issue=issue)
        change(first(issue), author, title_en="Once more")
        with pytest.raises(scheduling.NotApproved):
            scheduling.send_now(by=author, issue=issue)
        issue.refresh_from_db()
        assert issue.state == "draft"

    def test_what_was_read_is_what_is_approved(self, issue, approver, author):
        seen = content.digest(issue)
        change(first(issue), author, title_en="Meanwhile")
        with pytest.raises(approvals.ReadSomethingElse):
            approvals.approve(by=approver, issue=issue, seen=seen)

    def test_what_has_gone_needs_none(self, issue, approver):
        issue.state = "finished"
        issue.save()
        with pytest.raises(approvals.NotOpen):
            approvals.approve(by=approver, issue=issue)


class TestAsking:
    def asked(self):
        return sorted(Message.objects.values_list("to", flat=True))

    def test_the_owners_but_not_the_author(self, issue, author, approver):
        factories.make_user(Role.MANAGER)
        issue.newsletter.owners.set([author, approver])
        assert approvals.ask(by=author, issue=issue) == 1
        message = Message.objects.get()
        assert message.to == approver.email
        assert f"/newsletters/issues/{issue.pk}/approve/" in message.text
        assert "approval" in message.subject
        assert "ei gymeradwyo" in message.subject

    def test_everybody_who_can_where_no_owner_can(self, issue, author, approver):
        issue.newsletter.owners.set([author])
        factories.make_user(Role.STEERING_MEMBER)
        factories.make_user(Role.MANAGER, is_active=False)
        approvals.ask(by=author, issue=issue)
        assert self.asked() == [approver.email]

    def test_nobody_else(self, issue, author):
        with pytest.raises(approvals.NobodyElse):
            approvals.ask(by=author, issue=issue)

    def test_the_page_says_that_there_is_nobody(self, issue, author):
        page = signed_in(author).get(path(issue, "send")).content.decode()
        assert "There is nobody who could approve it" in page
        assert "Ask for approval by mail" not in page


class TestPages:
    def test_the_author_reads_that_somebody_else_approves(self, issue, author):
        client = signed_in(author)
        page = client.get(path(issue, "approve")).content.decode()
        assert "You wrote some of this issue" in page
        assert 'name="seen"' not in page
        answer = client.post(
            path(issue, "approve"), {"seen": content.digest(issue)}, follow=True
        )
        assert "somebody else approves it" in answer.content.decode()
        assert not Approval.objects.exists()

    def test_the_approver_reads_every_word_and_approves(self, issue, approver):
        client = signed_in(approver)
        page = client.get(path(issue, "approve")).content.decode()
        for place in issue.places.all():
            assert place.article.body_cy in page
            assert place.article.summary_en in page
        digest = content.digest(issue)
        assert digest in page
        answer = client.post(path(issue, "approve"), {"seen": digest}, follow=True)
        assert "Bryn" in answer.content.decode()
        assert approvals.current(issue).by == approver

    def test_nothing_is_approved_without_having_been_shown(self, issue, approver):
        answer = signed_in(approver).post(path(issue, "approve"))
        assert answer.status_code == 422
        assert not Approval.objects.exists()

    def test_the_difference_is_shown_word_by_word(self, issue, author, approver):
        article = first(issue)
        change(article, author, body_en="The old figure is 12.", body_cy="Yr un.")
        approvals.approve(by=approver, issue=issue)
        article.refresh_from_db()
        change(article, author, body_en="The new figure is <b>14</b>.")
        page = signed_in(author).get(path(issue, "changes")).content.decode()
        assert "<del>old </del><ins>new </ins>figure is" in page
        assert "&lt;" in page
        assert "<b>14" not in page
        assert "<del>Yr un." not in page

    def test_without_a_change_it_says_so(self, issue, author, approver):
        approvals.approve(by=approver, issue=issue)
        page = signed_in(author).get(path(issue, "changes")).content.decode()
        assert "the approval holds" in page

    def test_before_any_approval_there_is_nothing_to_compare(self, issue, author):
        answer = signed_in(author).get(path(issue, "changes"))
        assert answer.url == path(issue, "approve")

    def test_costs_few_queries(self, issue, author, django_assert_max_num_queries):
        client = signed_in(author)
        for _ in range(5):
            issues.place_article(by=None, issue=issue, article=factories.make_article())
        for _ in range(5):
            factories.make_user(Role.MANAGER)
        with django_assert_max_num_queries(21):
            client.get(path(issue, "approve"))
        with django_assert_max_num_queries(27):
            client.get(path(issue, "send"))


class TestComparing:
    @pytest.mark.parametrize(
        ("before", "now"),
        [
            ("", "New"),
            ("Old", ""),
            ("a b c", "a c d"),
            ("Mae'r tŷ'n wyn.\n\nYma", "Mae'r tŷ'n ddu.\nYma"),
            ("x", "x"),
        ],
    )
    def test_both_texts_can_be_read_off_the_pieces(self, before, now):
        pieces = comparing.pieces(before, now)
        assert "".join(p.text for p in pieces if p.kind != "removed") == now
        assert "".join(p.text for p in pieces if p.kind != "added") == before

    def test_an_article_that_is_gone_and_one_that_is_new(self, issue, author):
        before = content.snapshot(issue)
        gone = first(issue)
        issues.remove_article(by=author, issue=issue, article=gone)
        new = factories.make_article()
        issues.place_article(by=author, issue=issue, article=new)
        kinds = {
            (field.place, piece.kind)
            for field in comparing.fields(before, content.snapshot(issue))
            for piece in field.pieces["en"]
        }
        assert (gone.title_en, "removed") in kinds
        assert (new.title_en, "added") in kinds


def test_a_closed_account_approves_nothing(issue, approver):
    User.objects.filter(pk=approver.pk).update(is_active=False)
    assert approver not in approvals.candidates(issue)
