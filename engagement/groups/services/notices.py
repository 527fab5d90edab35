"""The secretary is told what to see to: of each thing once, in one mail a group and day.

What is so is worked out anew each day under the group's lock. A notice settles by itself
when it is no longer so; one that somebody has seen to is not raised again while it is
still so, unless that has gone on for AGAIN.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import Role, User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.groups import telling, watching
from engagement.groups.models import Group, Membership, Notice
from engagement.mail.services import messages
from engagement.people.services import suppressions

AGAIN = timedelta(days=90)


def sweep() -> int:
    """Of all groups; how many notices were raised."""
    return sum(look(pk) for pk in Group.objects.values_list("pk", flat=True))


def look(pk: int) -> int:
    """Of one group; how many notices were raised."""
    with transaction.atomic():
        # In no order of theirs: PostgreSQL cannot lock what is joined for it.
        rows = Group.objects.select_for_update().order_by("pk")
        group = rows.filter(pk=pk).first()
        if group is None:
            return 0
        found = watching.find(group, timezone.localdate())
        _stop_waiting(group)
        known = {(row.kind, row.about): row for row in group.notices.still_so()}
        for key in known.keys() - found:
            _cease(known[key])
        raised = [_raise(group, *key) for key in sorted(found - known.keys())]
        _tell(group)
    return len(raised)


def settle(*, by: User, notice: Notice, what_was_done: str) -> None:
    """Somebody has seen to it; a second time changes nothing."""
    with transaction.atomic():
        settled = Notice.objects.open().filter(pk=notice.pk)
        at = timezone.now()
        if settled.update(settled_at=at, settled_by=by, what_was_done=what_was_done):
            entries.record(by=by, action="notice.settled", target=notice)


def _raise(group: Group, kind: str, about: str) -> Notice:
    row = Notice(group=group, kind=kind, about=about, raised_at=timezone.now())
    row.save()
    entries.record(by=None, action="notice.raised", target=row, kind=kind)
    return row


def _cease(row: Notice) -> None:
    row.ceased_at = timezone.now()
    row.settled_at = row.settled_at or row.ceased_at
    row.save(update_fields=["ceased_at", "settled_at"])
    entries.record(by=None, action="notice.ceased", target=row)


def _stop_waiting(group: Group) -> None:
    """What was seen to long ago counts as over: if it is still so, it is raised anew."""
    long_ago = timezone.now() - AGAIN
    group.notices.still_so().filter(settled_at__lte=long_ago).update(
        ceased_at=timezone.now()
    )


def _tell(group: Group) -> None:
    """One mail of all that has not been sent; where nobody can be told, it waits."""
    rows = list(group.notices.open().filter(sent_at=None))
    to = _addresses(group) if rows else []
    if not to:
        return
    context = {
        "group": group,
        "told": telling.tell(rows),
        "site_url": settings.SITE_URL,
    }
    for address, language in to:
        messages.send(
            kind="group_notices", to=address, language=language, context=context
        )
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(
        sent_at=timezone.now()
    )


def _addresses(group: Group) -> list[tuple[str, str]]:
    """With the language that goes first: an account has none, and is written to as the
    rest of the team is."""
    found: list[tuple[str, str]] = []
    for one in watching.secretaries(group, timezone.localdate()):
        if isinstance(one, Membership):
            person = one.person
            if person and person.email and not suppressions.find(person.email):
                found.append((person.email, person.language))
        else:
            found.append((one.email, bilingual.active()))
    if found:
        return found
    managers = User.objects.filter(role=Role.MANAGER, is_active=True).order_by("pk")
    return [(user.email, bilingual.active()) for user in managers]
