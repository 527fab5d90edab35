"""Whoever owes something to a group is reminded on the day and each week after; what
is owed by somebody whose term has ended needs somebody else."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.groups.models import Action, Membership
from engagement.groups.services import actions
from engagement.mail.services import messages
from engagement.people.models import Succession
from engagement.people.queries import can_be_written_to
from engagement.people.services import affiliations

SCOPE = "action"
WEEK = timedelta(days=7)
# A reminder follows each week, so an older link is not the last one.
LINK_LASTS = timedelta(days=60)


def remind_due(*, by: User | None) -> int:
    """Mails each owner who sits now; returns how many mails that were."""
    today = timezone.localdate()
    long_ago = timezone.make_aware(datetime.combine(today - WEEK, time.max))
    rows = Action.objects.open().filter(
        Q(reminded_at=None) | Q(reminded_at__lte=long_ago),
        can_be_written_to("owner__person"),
        due_on__lte=today,
        owner__in=Membership.objects.on(today),
    )
    rows = rows.select_related("group", "owner__person", "meeting__event")
    return sum(_remind(by, row) for row in rows)


def _remind(by: User | None, row: Action) -> int:
    """The condition stands on the row alone: PostgreSQL asks it again after it has
    waited for another worker."""
    if row.owner is None or row.owner.person is None:
        return 0
    with transaction.atomic():
        still = Action.objects.open().filter(
            pk=row.pk, owner=row.owner, due_on=row.due_on, reminded_at=row.reminded_at
        )
        if not still.update(reminded_at=timezone.now()):
            return 0
        messages.send(
            kind="action_due",
            to=row.owner.person.email,
            language=row.owner.person.language,
            context={
                "action": row,
                "group": row.group,
                "event": row.meeting.event,
                "token": token(row),
                "site_url": settings.SITE_URL,
            },
        )
        entries.record(by=by, action="action.reminded", target=row)
    return 1


def token(row: Action) -> str:
    """Good for as long as it is the same person's."""
    return tokens.make(SCOPE, [row.pk, row.owner_id])


def find(signed: str) -> Action:
    """What the link is about. Raises tokens.BadToken."""
    pk, owner = tokens.read(SCOPE, signed, LINK_LASTS)
    rows = Action.objects.select_related("group", "meeting__event")
    found = rows.filter(pk=pk, owner=owner, owner__person__isnull=False).first()
    if found is None:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def find_successors(*, by: User | None) -> int:
    """Raises a succession, once, for each open action of an owner whose term is over."""
    gone = Action.objects.open().filter(
        owner__ended_on__lte=timezone.localdate(), owner__person__isnull=False
    )
    number = 0
    for row in gone.select_related("group", "owner__person"):
        person = row.owner.person if row.owner else None
        about = {"person": person, "target_kind": actions.HELD, "target_id": row.pk}
        if person is None or Succession.objects.filter(**about).exists():
            continue
        with transaction.atomic():
            affiliations.raise_for(person, None, actions.held(row))
            entries.record(by=by, action="action.owner_left", target=row)
        number += 1
    return number
