"""From a draft to frozen deliveries."""

import secrets
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import Moves, check_move
from engagement.mail import queue
from newsletters import checking
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import deliveries
from newsletters.services.rendering import Rendered

# What is on its way, or was, goes on or again by other ways, to those it was frozen for.
START: Moves = {state: [Issue.State.SENDING] for state in ("draft", "scheduled")}


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This issue cannot be sent yet."))


class Embargoed(Refused):
    """It goes out with a release, and that is not out."""


def start(*, by: User | None, issue: Issue) -> Issue:
    """Freezes the audience and wakes the workers. Raises NotReady, Embargoed or
    MoveNotAllowed.

    From here on a subscription changes nothing but one thing: who leaves before their
    message goes is not sent it.
    """
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue.pk)
        check_move(START, issue.state, Issue.State.SENDING)
        check_free(issue)
        if missing := list(obstacles(issue)):
            raise NotReady(missing)
        issue.recipients = len(_freeze(issue))
        issue.frozen_at = timezone.now()
        issue.state = Issue.State.SENDING
        issue.save()
        entries.record(
            by=by, action="issue.sent", target=issue, recipients=issue.recipients
        )
        transaction.on_commit(lambda: deliveries.wake(issue))
        transaction.on_commit(
            lambda: queue.tell("newsletters.make_documents", issue_id=issue.pk)
        )
    return issue


def check_free(issue: Issue) -> None:
    """Raises Embargoed where it waits for a release."""
    if issue.release and not issue.release.is_out:
        raise Embargoed(
            _("This issue goes out with its release, at the time of the release.")
        )


def obstacles(issue: Issue, rendered: Rendered | None = None) -> Iterator[str]:
    """What stands in the way of sending, in sentences for the reader."""
    for finding in checking.blocking(issue, rendered):
        yield str(finding)
    readers = Subscription.objects.in_force().filter(newsletter=issue.newsletter_id)
    if not readers.exists():
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
        .only("newsletter", "person__email", "person__language")
        .select_for_update(of=("person",), no_key=True)
        .order_by("person_id")
    )
    return Delivery.objects.bulk_create(
        (
            Delivery(
                issue_id=issue.pk,
                person_id=subscription.person_id,
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
