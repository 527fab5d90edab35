"""What is read before an event and after it."""

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.moving import move_row
from engagement.events.models import Event
from engagement.events.services import places
from engagement.outputs.models import Material, Output


class AlreadyThere(Refused):
    """The event has this output at this moment."""


def add(*, by: User | None, event: Event, output: Output, moment: str) -> Material:
    """Last of its moment; the public sees it once the output is published. Raises
    AlreadyThere."""
    with transaction.atomic():
        event = places.lock(event)
        there = event.materials.filter(moment=moment)
        if there.filter(output=output).exists():
            raise AlreadyThere(_("This output is among the materials already."))
        last = there.last()
        material = Material.objects.create(
            event=event,
            output=output,
            moment=moment,
            position=last.position + 1 if last else 1,
        )
        entries.record(by=by, action="event.materials_changed", target=event)
    return material


def remove(*, by: User | None, material: Material) -> None:
    """The output itself stays as it is."""
    with transaction.atomic():
        event = places.lock(material.event)
        material.delete()
        entries.record(by=by, action="event.materials_changed", target=event)


def move(*, by: User | None, material: Material, up: bool) -> None:
    """One place up or down among those of its moment; at the end nothing moves."""
    with transaction.atomic():
        event = places.lock(material.event)
        rows = list(event.materials.filter(moment=material.moment))
        if move_row(rows, material.pk, up=up):
            entries.record(by=by, action="event.materials_changed", target=event)
