"""The places that a group has. One that is done away with stays on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups.models import Group, Seat


class SatIn(Refused):
    """Somebody has the seat on a day when the group would not."""


def add(*, by: User | None, group: Group, fields: Mapping[str, Any]) -> Seat:
    """After all the others."""
    with transaction.atomic():
        group = _locked(group)
        last = group.seats.aggregate(last=Max("position"))["last"]
        seat = Seat(group=group, position=0 if last is None else last + 1, **fields)
        seat.save()
        entries.record(by=by, action="seat.added", target=seat)
    return seat


def change(*, by: User | None, seat: Seat, fields: Mapping[str, Any]) -> Seat:
    """Raises SatIn."""
    with transaction.atomic():
        _locked(seat.group)
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        for name, value in fields.items():
            setattr(seat, name, value)
        begun = seat.memberships.filter(started_on__lt=seat.opened_on or date.min)
        if seat.opened_on and begun.exists():
            raise SatIn(_("Somebody had this seat before that day."))
        seat.save()
        entries.record(by=by, action="seat.changed", target=seat)
    return seat


def close(*, by: User | None, seat: Seat, on: date) -> None:
    """The day is the first without it. Raises SatIn."""
    with transaction.atomic():
        _locked(seat.group)
        seat = Seat.objects.select_for_update().get(pk=seat.pk)
        if (seat.opened_on and on < seat.opened_on) or seat.memberships.lasting(
            on
        ).exists():
            raise SatIn(
                _("Somebody has this seat after that day: end their term first.")
            )
        seat.closed_on = on
        seat.save(update_fields=["closed_on"])
        entries.record(by=by, action="seat.closed", target=seat)


def move(*, by: User | None, seat: Seat, up: bool) -> None:
    """One place up or down; at the end of the list it stays."""
    with transaction.atomic():
        group = _locked(seat.group)
        order = list(group.seats.values_list("pk", flat=True))
        here = order.index(seat.pk)
        there = max(0, min(len(order) - 1, here + (-1 if up else 1)))
        if here == there:
            return
        order.insert(there, order.pop(here))
        for position, pk in enumerate(order):
            group.seats.filter(pk=pk).update(position=position)
        entries.record(by=by, action="seat.moved", target=seat)


def _locked(group: Group) -> Group:
    return Group.objects.select_for_update().get(pk=group.pk)
