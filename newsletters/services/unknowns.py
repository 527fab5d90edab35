"""Deliveries whose fate nobody knows: what is known of each, and how they are settled.

By itself only evidence settles one; whether it goes again is for a person to say.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit import registry
from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import MoveNotAllowed, check_move
from engagement.mail import queue
from engagement.mail.models import Inbound
from engagement.people.queries import contains
from newsletters.models import Delivery, Issue, Subscription
from newsletters.services import approvals

# In the column of a server's words, which are English too.
OPENED = "opened a personal link"
State = Delivery.State
Facts = dict[int, list["Fact"]]


class CannotGo(Refused):
    """It would not be sent, or not as it was approved."""


class Fact(NamedTuple):
    """One thing that is known of a delivery; `detail` is in the words of a server or of
    whoever decided."""

    at: datetime | None
    text: str
    detail: str = ""


def of_issue(issue: Issue, words: str = "") -> QuerySet[Delivery]:
    """Those of the issue that are not known, with their people; only those whose name
    or address has all of the words in it."""
    found = issue.deliveries.filter(state=State.UNKNOWN).select_related("person")
    for word in words.split():
        found = found.filter(
            contains("person__name", word) | Q(address__icontains=word)
        )
    return found.order_by("settled_at", "pk")


def evidence(deliveries: Iterable[Delivery]) -> list[tuple[Delivery, list[Fact]]]:
    """Each with what is known of it, in the order that it happened."""
    rows = list(deliveries)
    decided, back = _decided(rows), came_back(rows)
    return [
        (row, sorted([*_handed_over(row), *decided[row.pk], *back[row.pk]], key=_when))
        for row in rows
    ]


def came_back(deliveries: list[Delivery]) -> Facts:
    """By number of the delivery, what came in about it after it had left."""
    found: Facts = defaultdict(list)
    keys = {each.key: each.pk for each in deliveries}
    for row in Inbound.objects.filter(key__in=keys):
        fact = Fact(row.received_at, str(row.get_kind_display()), row.reason)
        found[keys[row.key]].append(fact)
    return found


def settle(*, by: User, delivery: Delivery, state: str, reason: str) -> None:
    """`state` is "accepted" or "rejected". Raises MoveNotAllowed where it is not unknown
    any more."""
    check_move({State.UNKNOWN: [State.ACCEPTED, State.REJECTED]}, State.UNKNOWN, state)
    with transaction.atomic():
        _move(delivery, state, settled_at=timezone.now())
        entries.record(
            by=by,
            action="delivery.settled",
            target=delivery,
            issue=delivery.issue_id,
            state=state,
            reason=reason,
        )


def settle_opened(*, delivery_id: int) -> bool:
    """Accepted, where it was unknown: somebody has used a link that stands in this mail
    and nowhere else. True where it was.

    A scanner proves as much as a reader, because the server that it works for has the
    mail. The page that was opened changes nothing itself (a GET may not): it tells a
    worker, which comes here. No hit is kept, which would say who read what: so a call
    that is lost settles nothing until a link is opened again, and until then the
    delivery stays listed by name. What is still being handed over is left alone: some
    servers follow links before they answer, and then refuse.
    """
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    try:
        with transaction.atomic():
            if delivery is None:
                return False
            _move(delivery, State.ACCEPTED, settled_at=timezone.now(), reply=OPENED)
            entries.record(
                by=None,
                action="delivery.settled",
                target=delivery,
                issue=delivery.issue_id,
                state=State.ACCEPTED,
                reason=OPENED,
            )
    except MoveNotAllowed:
        return False
    return True


def send_again(*, by: User, delivery: Delivery, reason: str) -> Issue:
    """Puts it back among those that wait, with the Message-ID it had, and wakes the
    workers; a finished issue is on its way again until the sum closes.

    Raises MoveNotAllowed where it is not unknown any more, CannotGo where the person
    does not get the newsletter any longer or the words have changed since they were
    approved.
    """
    with transaction.atomic():
        # Before the delivery, as everybody does.
        issue = Issue.objects.select_for_update().get(pk=delivery.issue_id)
        _check_can_go(issue, delivery)
        # handed_over_at stays: it has left once, and cannot be taken back.
        _move(
            delivery,
            State.PENDING,
            due_at=timezone.now(),
            attempts=0,
            reply="",
            settled_at=None,
        )
        if issue.state == Issue.State.FINISHED:
            issue.state, issue.finished_at = Issue.State.SENDING, None
            issue.save(update_fields=["state", "finished_at", "updated_at"])
        entries.record(
            by=by,
            action="delivery.sent_again",
            target=delivery,
            issue=issue.pk,
            reason=reason,
        )
        transaction.on_commit(
            lambda: queue.tell("newsletters.send_issue", issue_id=issue.pk)
        )
    return issue


def _check_can_go(issue: Issue, delivery: Delivery) -> None:
    if not approvals.unchanged(issue):
        raise CannotGo(
            _("The words have changed since they were approved: it cannot go again.")
        )
    wanted = Subscription.objects.in_force().filter(newsletter=issue.newsletter_id)
    if not delivery.person_id or not wanted.filter(person=delivery.person_id).exists():
        raise CannotGo(_("This person does not get the newsletter any longer."))


def _move(delivery: Delivery, state: str, **fields: Any) -> None:
    """Of two who settle it only one can. Raises MoveNotAllowed for the other."""
    check_move(Delivery.MOVES, State.UNKNOWN, state)
    unknown = Delivery.objects.filter(pk=delivery.pk, state=State.UNKNOWN)
    if not unknown.update(state=state, **fields):
        raise MoveNotAllowed(
            _("This has changed in the meantime. Load the page again.")
        )


def _handed_over(delivery: Delivery) -> list[Fact]:
    account = delivery.account and _("by %(account)s") % {"account": delivery.account}
    known = [Fact(delivery.handed_over_at, _("Handed over"), account)]
    if delivery.reply:
        known.append(Fact(delivery.settled_at, _("Last words"), delivery.reply))
    return known


def _decided(deliveries: list[Delivery]) -> Facts:
    """What people have decided about them before, from the audit trail."""
    trail = Entry.objects.filter(
        target_kind=Delivery._meta.label_lower,
        target_id__in=[delivery.pk for delivery in deliveries],
    )
    found: Facts = defaultdict(list)
    labels = registry.actions()
    for entry in trail.order_by("pk"):
        text = str(labels.get(entry.action, entry.action))
        detail = f"{entry.actor}: {entry.detail.get('reason', '')}"
        found[entry.target_id].append(Fact(entry.at, text, detail))
    return found


def _when(fact: Fact) -> float:
    return fact.at.timestamp() if fact.at else 0
