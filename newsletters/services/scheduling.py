"""When an issue goes: now, at a time, and what happens when that time comes.

Whoever sends or schedules needs an approval that holds; so does the clock.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import Release
from newsletters.models import Article, Issue
from newsletters.services import approvals, moments, owners, sending

# The sweep looks twice a minute. Later than this the machine was off, or the database is
# an older one put back: it may have gone already, and a person has to say.
LATEST = timedelta(minutes=10)
State = Issue.State
# Why it did not go, as the audit trail keeps it and as the owners are told.
WHY = {
    "late": gettext_lazy(
        "Its time had passed by more than 10 minutes: the site was off, or was restored."
    ),
    "approval": gettext_lazy("It is not approved as it is now."),
    "obstacles": gettext_lazy("Something is missing in it."),
}


class NotApproved(Refused):
    """Nobody has said yes to the words as they are now."""


def send_now(*, by: User, issue: Issue) -> Issue:
    """Raises NotApproved, sending.NotReady or MoveNotAllowed."""
    with transaction.atomic():
        issue = held(issue.pk)
        check_move(sending.START, issue.state, State.SENDING)
        _check_approved(issue)
        return sending.start(by=by, issue=issue)


def schedule(*, by: User, issue: Issue, at: datetime) -> Issue:
    """Raises moments.NotAhead, NotApproved, sending.NotReady, sending.Embargoed or
    MoveNotAllowed."""
    moments.check_ahead(at)
    with transaction.atomic():
        issue = held(issue.pk)
        check_move(Issue.MOVES, issue.state, State.SCHEDULED)
        sending.check_free(issue)
        if missing := list(sending.obstacles(issue)):
            raise sending.NotReady(missing)
        _check_approved(issue)
        issue.state, issue.scheduled_at = State.SCHEDULED, at
        issue.save(update_fields=["state", "scheduled_at", "updated_at"])
        entries.record(
            by=by,
            action="issue.scheduled",
            target=issue,
            at=at.isoformat(" ", "minutes"),
        )
    return issue


def reschedule(*, by: User, issue: Issue, at: datetime) -> Issue:
    """Another time for what waits for one. No word changes, so its approval holds, and
    where it has lapsed a later time gives time for the next: the clock checks that.
    Raises moments.NotAhead, or MoveNotAllowed unless it waits."""
    moments.check_ahead(at)
    with transaction.atomic():
        issue = held(issue.pk)
        check_move({State.SCHEDULED: [State.SCHEDULED]}, issue.state, State.SCHEDULED)
        issue.scheduled_at = at
        issue.save(update_fields=["scheduled_at", "updated_at"])
        entries.record(
            by=by,
            action="issue.rescheduled",
            target=issue,
            at=at.isoformat(" ", "minutes"),
        )
    return issue


def unschedule(*, by: User, issue: Issue) -> Issue:
    """A draft again. Raises MoveNotAllowed unless it waits for its time."""
    with transaction.atomic():
        issue = held(issue.pk)
        check_move({State.SCHEDULED: [State.DRAFT]}, issue.state, State.DRAFT)
        back_to_draft(issue)
        entries.record(by=by, action="issue.unscheduled", target=issue)
    return issue


def start_due() -> int:
    """Starts what is due, each once however many look at the same time; how many. With a
    release an issue is due when that is out, and not before."""
    by_clock = Q(state=State.SCHEDULED, scheduled_at__lte=timezone.now(), release=None)
    waiting = (State.DRAFT, State.SCHEDULED)
    with_release = Q(state__in=waiting, release__state=Release.State.PUBLISHED)
    due = Issue.objects.filter(by_clock | with_release).order_by("scheduled_at", "pk")
    return sum(_start(pk) for pk in due.values_list("pk", flat=True))


def held(pk: int) -> Issue:
    """The issue with its articles, for this transaction alone: what is checked of their
    words stays true until it ends."""
    issue = Issue.objects.select_for_update().get(pk=pk)
    articles = Article.objects.filter(pk__in=issue.places.values("article"))
    list(articles.select_for_update().order_by("pk").values_list("pk"))
    return issue


def back_to_draft(issue: Issue) -> None:
    """In the transaction of the caller, who holds it."""
    issue.state, issue.scheduled_at = State.DRAFT, None
    issue.frozen_at, issue.recipients = None, 0
    issue.save()


def _start(pk: int) -> bool:
    with transaction.atomic():
        issue, now = held(pk), timezone.now()
        due = _due_at(issue)
        if due is None or due > now:
            # Another sweep was quicker, or somebody cancelled.
            return False
        if now - due >= LATEST:
            return _give_back(issue, "late")
        if approvals.current(issue) is None:
            return _give_back(issue, "approval")
        try:
            sending.start(by=None, issue=issue)
        except sending.NotReady:
            return _give_back(issue, "obstacles")
    return True


def _due_at(issue: Issue) -> datetime | None:
    """None where nothing starts it by itself."""
    if issue.release:
        waits = issue.state in (State.DRAFT, State.SCHEDULED)
        return issue.release.published_at if waits else None
    return issue.scheduled_at if issue.state == State.SCHEDULED else None


def _give_back(issue: Issue, why: str) -> bool:
    """A draft again, without its release where that is out, and its owners are told
    why."""
    at, missing = _due_at(issue), _missing(issue) if why == "obstacles" else {}
    issue.release = None
    back_to_draft(issue)
    entries.record(by=None, action="issue.not_sent", target=issue, why=why)
    owners.tell(
        owners.of(issue.newsletter),
        "issue_not_sent",
        issue,
        at=at,
        why=WHY[why],
        missing=missing,
    )
    return False


def _missing(issue: Issue) -> dict[str, list[str]]:
    """What stands in the way, in both languages of the mail."""
    found = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            found[lang] = list(sending.obstacles(issue))
    return found


def _check_approved(issue: Issue) -> None:
    if approvals.current(issue) is None:
        raise NotApproved(
            _("Somebody who did not write this issue has to approve it as it is now.")
        )
