"""Author and approver are two people.

Nobody approves an issue who has written any of it: who created it or changed anything in
it, or wrote or changed one of its articles, in this issue or another. The audit trail
says who that is. An approval is for the words as they were, and for no others.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.errors import Refused
from newsletters.models import Approval, Article, Issue
from newsletters.services import content, owners

# What is done about an issue without a word of it being written. Whatever is not named
# here counts as writing, so that a new way to write is not forgotten.
NOT_WRITING = (
    *("issue.approval_asked", "issue.approved", "issue.sent", "issue.finished"),
    *("issue.scheduled", "issue.unscheduled", "issue.taken_back", "issue.not_sent"),
    *("issue.rescheduled", "issue.paused", "issue.resumed", "issue.with_release"),
    # By the second person too, who lets the languages differ.
    *("issue.overridden", "issue.tested", "correction.added"),
)
# Those whose words can still change, or have since they were approved.
OPEN = (Issue.State.DRAFT, Issue.State.SCHEDULED, Issue.State.PAUSED)


class OwnWork(Refused):
    """Who wrote any of it does not approve it."""


class NotOpen(Refused):
    """There is nothing left to approve."""


class ReadSomethingElse(Refused):
    """The words changed while they were being read."""


class NobodyElse(Refused):
    """There is no second person."""


def writers(issue: Issue) -> set[int]:
    """Numbers of the users who wrote any of it."""
    articles = list(issue.places.order_by().values_list("article_id", flat=True))
    of_issue = Q(target_kind=Issue._meta.label_lower, target_id=issue.pk)
    of_articles = Q(target_kind=Article._meta.label_lower, target_id__in=articles)
    written = Entry.objects.filter(of_issue | of_articles, actor_id__isnull=False)
    found = written.exclude(action__in=NOT_WRITING).order_by()
    return {pk for pk in found.values_list("actor_id", flat=True).distinct() if pk} | (
        _first_authors(articles)
    )


def candidates(issue: Issue) -> list[User]:
    """Who could approve it."""
    wrote = writers(issue)
    return [user for user in owners.managers() if user.pk not in wrote]


def current(issue: Issue) -> Approval | None:
    """The approval that holds: one of exactly the words that are there now."""
    held = issue.approvals.filter(digest=content.digest(issue))
    return held.select_related("by").first()


def unchanged(issue: Issue) -> bool:
    """Whether what is on its way is still what was approved. What was started without
    any approval (`sending.start`) has nothing to differ from."""
    return current(issue) is not None or not issue.approvals.exists()


def ask(*, by: User | None, issue: Issue) -> int:
    """Tells those of the newsletter's owners who could approve it, and where there are
    none everybody who could; how many that were. Raises NotOpen or NobodyElse."""
    with transaction.atomic():
        issue = _open(issue.pk)
        able = candidates(issue)
        asked = able if by is None else [user for user in able if user.pk != by.pk]
        if not asked:
            raise NobodyElse(_("There is nobody else who could approve it."))
        mine = {user.pk for user in owners.of(issue.newsletter)}
        chosen = [user for user in asked if user.pk in mine] or asked
        told = owners.tell(chosen, "issue_to_approve", issue, by=by)
        entries.record(by=by, action="issue.approval_asked", target=issue, told=told)
    return told


def approve(*, by: User, issue: Issue, seen: str | None = None) -> Approval:
    """Says yes to the words as they are. Raises NotOpen, OwnWork, or ReadSomethingElse
    where `seen` is not their digest."""
    with transaction.atomic():
        issue = _open(issue.pk)
        if by.pk in writers(issue):
            raise OwnWork(_("You wrote some of this issue: somebody else approves it."))
        words = content.snapshot(issue)
        digest = content.digest_of(words)
        if seen not in (None, digest):
            raise ReadSomethingElse(
                _("The issue has changed since you read it. Read it again.")
            )
        approval = Approval.objects.create(
            issue=issue, by=by, digest=digest, content=words
        )
        entries.record(by=by, action="issue.approved", target=issue)
    return approval


def _open(pk: int) -> Issue:
    found = Issue.objects.select_for_update(of=("self",)).select_related("newsletter")
    issue = found.get(pk=pk)
    if issue.state not in OPEN:
        raise NotOpen(_("This issue has been sent: there is nothing left to approve."))
    return issue


def _first_authors(articles: list[int]) -> set[int]:
    """An article is written in the issue that it first stood in, and recorded there."""
    placed = Entry.objects.filter(
        action="issue.article_added", detail__article__in=articles
    )
    first: dict[int, int | None] = {}
    for article, actor in placed.order_by("pk").values_list(
        "detail__article", "actor_id"
    ):
        first.setdefault(article, actor)
    return {actor for actor in first.values() if actor}
