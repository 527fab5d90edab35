"""An issue on its way: sent on after a pause, or taken back before anybody got it."""

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import Moves, check_move
from newsletters.models import Issue
from newsletters.services import approvals, deliveries, scheduling

State = Issue.State
BACK: Moves = {State.SENDING: [State.DRAFT], State.PAUSED: [State.DRAFT]}


class OnItsWay(Refused):
    """Somebody has got it, or may have."""


def resume(*, by: User, issue: Issue) -> Issue:
    """Sends the rest. Raises MoveNotAllowed, or scheduling.NotApproved where the words
    have changed since they were approved."""
    with transaction.atomic():
        issue = scheduling.held(issue.pk)
        check_move({State.PAUSED: [State.SENDING]}, issue.state, State.SENDING)
        if not approvals.unchanged(issue):
            raise scheduling.NotApproved(
                _(
                    "The words have changed since they were approved: somebody who did "
                    "not write them has to approve them first."
                )
            )
        issue.state = State.SENDING
        issue.save(update_fields=["state", "updated_at"])
        entries.record(by=by, action="issue.resumed", target=issue)
        transaction.on_commit(lambda: deliveries.wake(issue))
    return issue


def can_take_back(issue: Issue) -> bool:
    """Whether nothing of it has been handed over as yet."""
    return (
        issue.state in BACK
        and not issue.deliveries.filter(handed_over_at__isnull=False).exists()
    )


def take_back(*, by: User, issue: Issue) -> Issue:
    """A draft again, without its deliveries. Raises MoveNotAllowed, or OnItsWay where one
    of them has ever been handed over.

    Their rows are held: a worker that has one leased writes down that it hands it over
    before this begins, and then nothing is taken back, or finds it gone.
    """
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue.pk)
        check_move(BACK, issue.state, State.DRAFT)
        rows = issue.deliveries.select_for_update().order_by("pk")
        if any(rows.values_list("handed_over_at", flat=True)):
            raise OnItsWay(
                _("It has begun to leave and can no longer be called back. Pause it.")
            )
        number = issue.deliveries.count()
        issue.deliveries.all().delete()
        scheduling.back_to_draft(issue)
        entries.record(
            by=by, action="issue.taken_back", target=issue, recipients=number
        )
    return issue
