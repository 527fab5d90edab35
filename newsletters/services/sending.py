"""From a draft to frozen deliveries."""

import secrets
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.mail import queue
from newsletters import checking
from newsletters.models import Delivery, Issue, Subscription


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This issue cannot be sent yet."))


def start(*, by: User | None, issue: Issue) -> Issue:
    """Freezes the audience and wakes the workers. Raises NotReady or MoveNotAllowed.

    From here on a subscription changes nothing but one thing: who leaves before their
    message goes is not sent it.
    """
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue.pk)
        check_move(Issue.MOVES, issue.state, Issue.State.SENDING)
        if missing := list(obstacles(issue)):
            raise NotReady(missing)
        issue.recipients = len(_freeze(issue))
        issue.frozen_at = timezone.now()
        issue.state = Issue.State.SENDING
        issue.save()
        entries.record(
            by=by, action="issue.sent", target=issue, recipients=issue.recipients
        )
        transaction.on_commit(
            lambda: queue.tell("newsletters.send_issue", issue_id=issue.pk)
        )
    return issue


def obstacles(issue: Issue) -> Iterator[str]:
    """What stands in the way of sending, in sentences for the reader."""
    for finding in checking.blocking(issue):
        yield str(finding)
    if not Subscription.objects.in_force().filter(newsletter=issue.newsletter_id):
        yield _("The newsletter has no subscribers.")


def _freeze(issue: Issue) -> list[Delivery]:
    """Holds the people's rows meanwhile, in the order of their numbers as everybody
    does, so that an erasure or a merge comes wholly before or wholly after."""
    now = timezone.now()
    subscriptions = (
        Subscription.objects.in_force()
        .filter(newsletter=issue.newsletter_id)
        .with_sector()
        .select_related("person")
        .select_for_update(of=("person",))
        .order_by("person_id")
    )
    return Delivery.objects.bulk_create(
        (
            Delivery(
                issue=issue,
                person=subscription.person,
                address=subscription.person.email,
                language=subscription.person.language,
                sector=subscription.sector,  # type: ignore[attr-defined]
                token=secrets.token_urlsafe(16),
                due_at=now,
            )
            for subscription in subscriptions
        ),
        batch_size=1000,
    )
