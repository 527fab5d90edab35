"""The papers of a meeting go out: one mail to each who sits in the group, with the
agenda, links to the papers, an invitation for their calendar and a link to answer."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Event, Invitation
from engagement.events.services import (
    calendar_mail,
    events,
    invitations,
    invited,
    notices,
    places,
)
from engagement.groups import agendas
from engagement.groups.models import Meeting, Membership
from engagement.groups.services import agenda, records
from engagement.mail.services.composing import Invite

logger = logging.getLogger(__name__)
KIND = "meeting_papers"
AHEAD = (Event.Status.PLANNED, Event.Status.PUBLISHED)


class NothingToSend(Refused):
    """A meeting without an agenda."""


class NotAhead(Refused):
    """It has begun, is over or called off."""


class SentAlready(Refused):
    """Somebody else was quicker, or it was long ago."""


def circulate(*, by: User | None, meeting: Meeting) -> int:
    """To everybody who sits in the group now and on the day; how many mails that were.

    Opens the event, so that they can answer. Raises NothingToSend, NotAhead, SentAlready
    or events.NotReady.
    """
    with transaction.atomic():
        event = _ahead(meeting)
        fresh = Meeting.objects.filter(pk=meeting.pk, circulated_at=None)
        if not fresh.update(circulated_at=timezone.now()):
            raise SentAlready(_("The papers have been sent already."))
        meeting = records.locked(meeting)
        agenda.carry(by=by, meeting=meeting)
        if not meeting.items.exists():
            raise NothingToSend(_("Write the agenda before it is sent."))
        if event.status == Event.Status.PLANNED:
            event = events.publish(by=by, event=event)
        number = _letters(by, meeting, event)
        entries.record(
            by=by, action="meeting.circulated", target=meeting, people=number
        )
    return number


def circulate_to_new(*, by: User | None, meeting: Meeting) -> int:
    """To those who sit in the group by now and were not written to. Raises NotAhead."""
    with transaction.atomic():
        event = _ahead(meeting)
        meeting = records.locked(meeting)
        number = _letters(by, meeting, event) if meeting.circulated_at else 0
        entries.record(
            by=by, action="meeting.circulated_to_new", target=meeting, people=number
        )
    return number


def sweep() -> int:
    """All that are due today; one that cannot go out is said why and tried again."""
    return sum(_try(meeting) for meeting in due())


def due() -> list[Meeting]:
    """Meetings whose papers should be out by today, and are not."""
    now, today = timezone.now(), timezone.localdate()
    rows = Meeting.objects.filter(
        circulated_at=None, event__status__in=AHEAD, event__starts_at__gt=now
    )
    return [
        row
        for row in rows.select_related("event", "group").order_by("event__starts_at")
        if _day(row.event) - timedelta(days=row.group.papers_days) <= today
    ]


def _try(meeting: Meeting) -> int:
    try:
        return circulate(by=None, meeting=meeting)
    except SentAlready:
        return 0
    except Refused as refused:
        logger.warning("The papers of meeting %s are not sent: %s", meeting.pk, refused)
        return 0


def _ahead(meeting: Meeting) -> Event:
    """Its event, locked. Raises NotAhead."""
    event = places.lock(meeting.event)
    if (
        event.status not in AHEAD
        or event.starts_at is None
        or event.starts_at <= timezone.now()
    ):
        raise NotAhead(_("This meeting is not ahead."))
    return event


def _letters(by: User | None, meeting: Meeting, event: Event) -> int:
    """To each once; a deputy and an observer among them."""
    sitting = Membership.objects.on(timezone.localdate()).on(_day(event))
    members = sitting.filter(seat__group=meeting.group_id, person__isnull=False)
    people = set(members.values_list("person", flat=True))
    told = event.notices.filter(message__kind=KIND)
    known = set(told.values_list("invitation", flat=True))
    asked = invitations.ask_quietly(by=by, event=event, people=people)
    fresh = [one for one in asked if one.pk not in known]
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "slots": agendas.slots(meeting),
        "papers": list(meeting.papers.filter(item=None)),
    }
    for invitation in fresh:
        notices.send(
            kind=KIND,
            event=event,
            to=invitation.email,
            language=invitation.language,
            invitation=invitation,
            calendar=_calendar(invitation),
            token=invitations.link(invitation),
            **context,
        )
    return len(fresh)


def _calendar(invitation: Invitation) -> Invite | None:
    """Of their place where they have one; nothing where they have said no."""
    if held := invited.own(invitation).first():
        return calendar_mail.invite(held)
    no = invitation.answer == Invitation.Answer.NO
    return None if no else calendar_mail.ask(invitation)


def _day(event: Event) -> date:
    return timezone.localdate(event.starts_at)
