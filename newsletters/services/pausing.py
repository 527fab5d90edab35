"""An issue on its way stops: because somebody says so, or because its words changed."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.states import MoveNotAllowed, check_move
from newsletters.models import Delivery, Issue
from newsletters.services import owners


def pause(*, by: User | None, issue: Issue) -> Issue:
    """Workers hand over nothing more; what was being handed over comes to its end.
    Raises MoveNotAllowed.

    Leases are taken back at once: nobody can claim meanwhile, as the issue is held.
    """
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue.pk)
        check_move(Issue.MOVES, issue.state, Issue.State.PAUSED)
        leased = Delivery.objects.filter(issue=issue, state=Delivery.State.LEASED)
        leased.update(state=Delivery.State.PENDING, due_at=timezone.now())
        issue.state = Issue.State.PAUSED
        issue.save(update_fields=["state", "updated_at"])
        entries.record(by=by, action="issue.paused", target=issue)
    return issue


def pause_changed(issue: Issue) -> None:
    """Its words are no longer those that were approved: the owners are told. Where it is
    paused already, nothing."""
    with suppress(MoveNotAllowed), transaction.atomic():
        pause(by=None, issue=issue)
        owners.tell(owners.of(issue.newsletter), "issue_paused", issue)
