"""Asking the addresses on other sites that issues lead to, and keeping the answers.

No page asks them: a worker does, when somebody wants it and every night. The rows tell
what was answered and when.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.mail import queue
from newsletters.checking import elsewhere, loading
from newsletters.models import Issue, LinkCheck
from newsletters.services import fetching

AT_WORK = [Issue.State.DRAFT, Issue.State.SCHEDULED]
# Who presses the button twice has the sites asked once.
JUST_NOW = timedelta(minutes=5)
# At night one is asked that was asked neither this night nor the day before.
LATELY = timedelta(hours=20)
FORGOTTEN = timedelta(days=90)

Look = Callable[[str], fetching.Answer]


def ask(*, by: User, issue: Issue) -> None:
    """Has a worker look at the links of `issue` again."""
    with transaction.atomic():
        entries.record(by=by, action="issue.links_asked", target=issue)
        transaction.on_commit(
            lambda: queue.tell("newsletters.check_links", issue_id=issue.pk)
        )


def look_at_issue(issue_id: int, look: Look = fetching.look) -> None:
    issue = Issue.objects.get(pk=issue_id)
    _look(elsewhere.addresses(loading.load(issue)), JUST_NOW, look)


def look_at_all(look: Look = fetching.look) -> None:
    """Of the issues that have not gone out. What no issue has asked for long is dropped."""
    found: dict[str, None] = {}
    for issue in Issue.objects.filter(state__in=AT_WORK):
        found |= dict.fromkeys(elsewhere.addresses(loading.load(issue)))
    _look(found, LATELY, look)
    long_ago = timezone.now() - FORGOTTEN
    LinkCheck.objects.filter(checked_at__lt=long_ago).delete()


def _look(addresses: Collection[str], again_after: timedelta, look: Look) -> None:
    """One after the other, each kept at once."""
    kept = elsewhere.kept(addresses)
    for address in addresses:
        row, now = kept.get(address), timezone.now()
        if row is None or row.checked_at < now - again_after:
            status, reason = look(address)
            LinkCheck.objects.update_or_create(
                address=address,
                defaults={"checked_at": now, "status": status, "reason": reason},
            )
