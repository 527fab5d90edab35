"""A member's answer to a meeting from their home: the same rows as by the mailed link."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.errors import Refused
from engagement.events.models import Invitation
from engagement.events.services import answers, deputies
from engagement.groups.models import Meeting, Membership
from engagement.groups.models.groups import MembershipQuerySet

Answer = Invitation.Answer


class MoreToSay(Refused):
    """One click is not enough: nobody knows the sector or the deputy. The page of the
    mailed link asks for it."""


def reply(*, by: User, meeting: Meeting, invitation: Invitation, answer: str) -> None:
    """Yes, no, or that the deputy of their seat comes. Raises MoreToSay, and whatever
    `answers.answer` and `deputies.send` of events raise."""
    sector = invitation.sector or _sector(by, meeting)
    if answer == Answer.NO:
        answers.answer(by=by, invitation=invitation, answer=answer)
        return
    deputy = deputies_of(by).filter(seat__group=meeting.group_id).first()
    if not sector or (answer == Answer.DEPUTY and deputy is None):
        raise MoreToSay(_("Please answer on this page."))
    if answer == Answer.YES:
        answers.answer(by=by, invitation=invitation, answer=answer, sector=sector)
    elif deputy and deputy.person:
        deputies.send(
            by=by,
            invitation=invitation,
            name=deputy.person.name,
            email=deputy.person.email,
            sector=sector,
        )


def deputies_of(user: User) -> MembershipQuerySet:
    """Who stands in for this user today, and has an address; with `person`."""
    today = Membership.objects.on(timezone.localdate())
    mine = today.filter(person__user=user, role__in=Membership.FILLING)
    theirs = today.filter(seat__in=mine.order_by().values("seat"))
    reachable = theirs.filter(role=Membership.Role.DEPUTY).exclude(person__email="")
    return reachable.exclude(person=None).select_related("person", "seat")


def _sector(user: User, meeting: Meeting) -> str:
    """Of their seat, or of the body that it is for."""
    today = Membership.objects.on(timezone.localdate())
    mine = today.filter(person__user=user, seat__group=meeting.group_id)
    for seat, body in mine.values_list("seat__sector", F("seat__organisation__sector")):
        if seat or body:
            return str(seat or body)
    return ""
