"""Who fills a seat, from when to when. Terms are begun and ended, never overwritten.

Whoever begins or ends one holds the group's row, after the person's where both are
needed: who sits on a day, and that there is one chair, is decided by one at a time.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups.models import Group, Membership, Seat
from engagement.people.services import affiliations, people

# What a succession knows a seat by; filling the seat settles it.
SEAT = "groups.seat"
Role = Membership.Role


class Taken(Refused):
    """Somebody sits there, or in the chair, or this person does already."""


class NobodyKnown(Refused):
    """There is no person with this address."""


class SeatClosed(Refused):
    """The group does not have the seat on all those days."""


class BeforeItBegan(Refused):
    """A term cannot end before it began."""


class TooLate(Refused):
    """It was not written down today."""


def fill(
    *,
    by: User | None,
    seat: Seat,
    email: str,
    role: str = Role.MEMBER,
    started_on: date | None = None,
    ended_on: date | None = None,
    nomination: str = Membership.Nomination.UNKNOWN,
    nomination_note: str = "",
) -> Membership:
    """From today, or from any day; to a day where that is known already.

    Raises Taken, SeatClosed, BeforeItBegan, NobodyKnown or people.Gone.
    """
    person = people.find(email)
    if person is None:
        raise NobodyKnown(_("Nobody on record has this e-mail address."))
    with transaction.atomic():
        term = Membership(
            seat=seat,
            person=people.locked(person),
            role=role,
            started_on=started_on or timezone.localdate(),
            ended_on=ended_on,
            end_entered_on=timezone.localdate() if ended_on else None,
            nomination=nomination,
            nomination_note=nomination_note,
        )
        term.seat = _locked(seat)
        _check_days(term)
        _check_free(term)
        term.save()
        if role in Membership.FILLING:
            _settle(by, term)
        entries.record(by=by, action="seat.filled", target=term.seat)
    return term


def end(*, by: User | None, membership: Membership, on: date | None = None) -> None:
    """As of today, or of any day; one that has ended already stays as it is, and a day
    ahead can be put off or brought forward. Raises BeforeItBegan, Taken, SeatClosed."""
    today = timezone.localdate()
    with transaction.atomic():
        seat = _locked(membership.seat)
        term = seat.memberships.lasting(today).filter(pk=membership.pk).first()
        if term is None:
            return
        term.ended_on, term.end_entered_on = on or today, today
        _check_days(term)
        _check_free(term)
        term.save(update_fields=["ended_on", "end_entered_on"])
        entries.record(by=by, action="seat.vacated", target=seat)


def leave(*, by: User | None, membership: Membership) -> None:
    """As of today, or of no day at all where it has not begun."""
    on = max(timezone.localdate(), membership.started_on)
    end(by=by, membership=membership, on=on)


def take_back(*, by: User | None, membership: Membership) -> None:
    """What was written down today by mistake: the end of a term, or else the term.

    Raises TooLate, or Taken where somebody has been given the seat since.
    """
    today = timezone.localdate()
    with transaction.atomic():
        seat = _locked(membership.seat)
        term = seat.memberships.filter(pk=membership.pk).first()
        if term is None:
            return
        if term.entered_on == today:
            term.delete()
        elif term.ended_on and term.end_entered_on == today:
            term.ended_on = term.end_entered_on = None
            _check_free(term)
            term.save(update_fields=["ended_on", "end_entered_on"])
        else:
            raise TooLate(
                _("This was written down on another day: end it, and begin anew.")
            )
        entries.record(by=by, action="seat.taken_back", target=seat)


def _locked(seat: Seat) -> Seat:
    Group.objects.select_for_update().get(pk=seat.group_id)
    return Seat.objects.select_for_update().get(pk=seat.pk)


def _settle(by: User | None, term: Membership) -> None:
    """Whoever was looked for is found. Somebody whom the report did not name has a name
    now, or has gone; a term that is over says nothing of today."""
    if term.ended_on and term.ended_on <= timezone.localdate():
        return
    affiliations.settle_about(by=by, target_kind=SEAT, target_id=term.seat_id)
    term.seat.filled_unnamed = False
    term.seat.save(update_fields=["filled_unnamed"])


def _check_days(term: Membership) -> None:
    seat = term.seat
    if term.ended_on and term.ended_on < term.started_on:
        raise BeforeItBegan(_("The term began later than this."))
    early = seat.opened_on and term.started_on < seat.opened_on
    late = seat.closed_on and (not term.ended_on or term.ended_on > seat.closed_on)
    if early or late:
        raise SeatClosed(_("The group does not have this seat on all of these days."))


def _check_free(term: Membership) -> None:
    """One person fills a seat, and one stands in; one in the chair of the group."""
    if term.ended_on == term.started_on:
        return
    others = Membership.objects.within(term.started_on, term.ended_on)
    others = others.exclude(pk=term.pk)
    there = others.filter(seat=term.seat)
    if term.role in Membership.FILLING and there.filling().exists():
        raise Taken(_("Somebody sits in this seat already."))
    if term.role == Role.DEPUTY and there.filter(role=Role.DEPUTY).exists():
        raise Taken(_("Somebody is the deputy for this seat already."))
    if term.person_id and there.filter(person=term.person_id).exists():
        raise Taken(_("This person has this seat already."))
    chairs = others.filter(seat__group=term.seat.group_id, role=Role.CHAIR)
    if term.role == Role.CHAIR and chairs.exists():
        raise Taken(_("The group has a chair in this time already."))
