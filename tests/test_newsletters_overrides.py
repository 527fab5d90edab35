"""A second person lets differences of the languages pass, and nothing else."""

import pytest
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from newsletters import checking
from newsletters.models import Override
from newsletters.services import approvals, articles, overrides, saving, sending
from newsletters.services import issues as writing
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db
REASON = "The Welsh edition counts one area more."


@pytest.fixture
def author():
    return factories.make_user()


@pytest.fixture
def issue(author):
    """Written by `author`; its numbers differ."""
    newsletter = factories.make_newsletter()
    factories.make_subscription(newsletter=newsletter)
    words = {"title_en": "An issue", "title_cy": "Rhifyn"}
    issue = writing.create(by=author, newsletter=newsletter, fields=words)
    fields = {
        "title_en": "An article",
        "title_cy": "Erthygl",
        "summary_en": issues.SUMMARY_EN,
        "summary_cy": issues.SUMMARY_CY,
        "body_en": "There are 22.",
        "body_cy": "Mae 23.",
    }
    articles.create(by=author, issue=issue, fields=fields)
    return issue


def change(issue, by, **words):
    article = issue.places.get().article
    articles.update(by=by, article=article, fields=words, seen=saving.version(article))


def test_it_goes_after_a_second_person_said_so(issue, manager):
    with pytest.raises(sending.NotReady) as refused:
        sending.start(by=manager, issue=issue)
    assert "Only in English: 22. Only in Welsh: 23." in refused.value.missing[0]
    override = overrides.give(by=manager, issue=issue, reason=REASON)
    assert checking.blocking(issue) == []
    assert sending.start(by=manager, issue=issue).state == "sending"
    [kept] = override.findings
    assert kept["key"][0] == "parity.numbers"
    assert "Only in English: 22" in kept["en"]
    assert "Yn Saesneg yn unig: 22" in kept["cy"]
    entry = Entry.objects.get(action="issue.overridden")
    assert (entry.actor_id, entry.target_id) == (manager.pk, issue.pk)
    assert entry.detail == {}


def test_not_by_who_wrote_it(issue, author, manager):
    with pytest.raises(overrides.OwnWork):
        overrides.give(by=author, issue=issue, reason=REASON)
    change(issue, manager, body_cy="Mae 24.")
    with pytest.raises(overrides.OwnWork):
        overrides.give(by=manager, issue=issue, reason=REASON)
    assert not Override.objects.exists()


def test_who_wrote_its_article_for_another_issue_wrote_it_too(issue, author, manager):
    other = factories.make_issue(newsletter=issue.newsletter)
    article = issue.places.get().article
    writing.place_article(by=manager, issue=other, article=article)
    assert approvals.writers(other) == {author.pk, manager.pk}


def test_a_change_of_the_words_ends_it(issue, author, manager):
    overrides.give(by=manager, issue=issue, reason=REASON)
    change(issue, author, body_en="There are 22 now.")
    assert [one.code for one in checking.blocking(issue)] == ["parity.numbers"]
    change(issue, author, body_en="There are 22.")
    assert checking.blocking(issue) == [], "the very same words again"


def test_a_save_that_changes_no_word_does_not(issue, author, manager):
    overrides.give(by=manager, issue=issue, reason=REASON)
    change(issue, author, body_en="There are 22.")
    assert checking.blocking(issue) == []


def test_what_was_not_there_then_is_not_let_pass(issue, manager):
    override = overrides.give(by=manager, issue=issue, reason=REASON)
    Override.objects.filter(pk=override.pk).update(findings=[])
    assert [one.code for one in checking.blocking(issue)] == ["parity.numbers"]


def test_other_blocks_stay(issue, manager):
    newsletter = issue.newsletter
    newsletter.colour = "#eeeeee"
    newsletter.save()
    overrides.give(by=manager, issue=issue, reason=REASON)
    assert [one.code for one in checking.blocking(issue)] == ["colour"]


def test_where_nothing_differs_there_is_nothing_to_let_pass(issue, author, manager):
    change(issue, author, body_cy="Mae 22.")
    with pytest.raises(overrides.NothingToPass):
        overrides.give(by=manager, issue=issue, reason=REASON)


def test_not_after_it_went(issue, manager):
    overrides.give(by=manager, issue=issue, reason=REASON)
    sending.start(by=manager, issue=issue)
    with pytest.raises(overrides.NotADraft):
        overrides.give(by=manager, issue=issue, reason=REASON)


def test_the_database_wants_a_reason(issue, manager):
    with pytest.raises(IntegrityError), transaction.atomic():
        overrides.give(by=manager, issue=issue, reason="")
