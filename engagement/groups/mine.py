"""What a member comes for: in as many queries for ten groups as for one."""

from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from engagement.accounts.models import User
from engagement.events.models import Event, Invitation
from engagement.events.services import invited
from engagement.groups.models import (
    Action,
    Decision,
    Group,
    Meeting,
    Membership,
    Pack,
    Paper,
    PaperRead,
)
from engagement.groups.services import naming, replies

LATELY, UNREAD = 6, 30


class Place(NamedTuple):
    """A group that they sit in; `named` where the public may know."""

    group: Group
    memberships: list[Membership]
    named: bool
    wording: str


class Coming(NamedTuple):
    """Their next meeting in one group. `closed` says why it takes no answer."""

    meeting: Meeting
    invitation: Invitation | None
    closed: str
    deputy: Membership | None


class Home(NamedTuple):
    places: list[Place]
    coming: list[Coming]
    unread: list[Paper]
    actions: QuerySet[Action]
    decisions: QuerySet[Decision]


def home(user: User) -> Home:
    places = _places(user)
    return Home(
        places,
        _coming(user),
        list(unread(user)[:UNREAD]),
        owed(user).select_related("group", "meeting__event"),
        _decided(user),
    )


def unread(user: User) -> QuerySet[Paper]:
    """Of their terms, what is to come last first."""
    read = PaperRead.objects.filter(paper=OuterRef("pk"), user=user)
    papers = Paper.objects.filter(
        ~Exists(read), meeting__in=Meeting.objects.in_terms_of(user).values("pk")
    )
    latest = F("meeting__event__starts_at").desc(nulls_last=True)
    papers = papers.select_related("meeting__event", "meeting__group")
    return papers.order_by(latest, "meeting", "uploaded_at", "pk")


def owed(user: User) -> QuerySet[Action]:
    """Open, and theirs, in the groups that they sit in today."""
    groups = Group.objects.for_user(user).order_by().values("pk")
    return Action.objects.open().filter(owner__person__user=user, group__in=groups)


def invitations(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.standing().filter(person__user=user)


def _places(user: User) -> list[Place]:
    rows = Membership.objects.on(timezone.localdate()).filter(person__user=user)
    rows = rows.with_named().select_related("seat__group__study", "seat__organisation")
    places: dict[int, Place] = {}
    for row in rows.order_by("seat__group__position", "seat__group__slug", "pk"):
        group, named = row.seat.group, getattr(row, "named", False)
        new = Place(group, [], bool(named), naming.wording(group))
        places.setdefault(group.pk, new).memberships.append(row)
    return list(places.values())


def _coming(user: User) -> list[Coming]:
    """The next one of each group, the soonest first."""
    made = Pack.objects.filter(state=Pack.State.MADE)
    upcoming = Event.objects.upcoming().filter(starts_at__isnull=False)
    rows = (
        Meeting.objects.in_terms_of(user)
        .filter(event__in=upcoming.order_by().values("pk"))
        .select_related("event", "group")
        .prefetch_related(Prefetch("packs", made, to_attr="made"))
        .order_by("event__starts_at", "pk")
    )
    first: dict[int, Meeting] = {}
    for row in rows:
        first.setdefault(row.group_id, row)
    events = [meeting.event_id for meeting in first.values()]
    asked = {
        row.event_id: row
        for row in invitations(user).filter(event__in=events).select_related("event")
    }
    sent = {row.seat.group_id: row for row in replies.deputies_of(user)}
    return [
        _one(meeting, asked.get(meeting.event_id), sent.get(meeting.group_id))
        for meeting in first.values()
    ]


def _one(
    meeting: Meeting, invitation: Invitation | None, deputy: Membership | None
) -> Coming:
    closed = invited.why_closed(invitation) if invitation else ""
    return Coming(meeting, invitation, closed, deputy)


def _decided(user: User) -> QuerySet[Decision]:
    meetings = Meeting.objects.in_terms_of(user).values("pk")
    rows = Decision.objects.filter(meeting__in=meetings).select_related("group")
    return rows.order_by("-recorded_at", "-pk")[:LATELY]
