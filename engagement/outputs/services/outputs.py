"""What staff do with an output."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import Output
from engagement.outputs.services import authors, editions, readiness, search

# What stands in rows of its own, and is written after the output's.
SETS = ("subjects", "terms")


class InCircles(Refused):
    """An output would take the place of itself, by way of others."""


def create(*, by: User | None, fields: Mapping[str, Any]) -> Output:
    """A draft; its address is made from the English title. Raises InCircles."""
    with transaction.atomic():
        output = Output(slug=slugs.make(fields["title_en"]))
        _write(output, fields)
        entries.record(by=by, action="output.created", target=output)
    return output


def update(*, by: User | None, output: Output, fields: Mapping[str, Any]) -> Output:
    """Raises InCircles; NotReady where something public would be in one language."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        _write(output, fields)
        entries.record(by=by, action="output.updated", target=output)
    return output


def plan(*, by: User | None, output: Output) -> Output:
    """What was proposed is going to be made. Raises MoveNotAllowed."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.PLANNED)
        output.status = Output.Status.PLANNED
        output.save()
        search.reindex(output)
        entries.record(by=by, action="output.planned", target=output)
    return output


def publish(*, by: User | None, output: Output) -> Output:
    """With its first edition. Raises MoveNotAllowed, or NotReady where a language or a
    file is missing."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.PUBLISHED)
        edition = output.editions.next_to_publish()
        if edition is None:
            raise readiness.NotReady(readiness.obstacles(output))
        return editions.publish(by=by, edition=edition).output


def withdraw(
    *, by: User | None, output: Output, reason_en: str, reason_cy: str
) -> Output:
    """All its editions: its pages say why, and its files are no longer given out.
    Raises MoveNotAllowed."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.WITHDRAWN)
        output.status = Output.Status.WITHDRAWN
        output.withdrawn_at = timezone.now()
        output.withdrawn_reason_en = reason_en
        output.withdrawn_reason_cy = reason_cy
        output.save()
        search.reindex(output)
        entries.record(by=by, action="output.withdrawn", target=output)
    return output


def restore(*, by: User | None, output: Output) -> Output:
    """Public again, as it was. Raises MoveNotAllowed where it is not withdrawn."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        if output.status != Output.Status.WITHDRAWN:
            check_move({}, output.status, Output.Status.PUBLISHED)
        output.status, output.withdrawn_at = Output.Status.PUBLISHED, None
        output.withdrawn_reason_en = output.withdrawn_reason_cy = ""
        output.save()
        search.reindex(output)
        entries.record(by=by, action="output.restored", target=output)
    return output


def _write(output: Output, fields: Mapping[str, Any]) -> None:
    """`fields` may name authors, subjects and terms beside the columns."""
    for name, value in fields.items():
        if name not in ("authors", *SETS):
            setattr(output, name, value)
    _check_circle(output)
    if output.status in (Output.Status.PUBLISHED, Output.Status.WITHDRAWN):
        readiness.check_parity(output)
    output.save()
    if "authors" in fields:
        authors.replace(output=output, names=fields["authors"])
    for name in SETS:
        if name in fields:
            getattr(output, name).set(fields[name])
    search.reindex(output)


def _check_circle(output: Output) -> None:
    seen = {output.pk}
    older = output.supersedes
    while older:
        if older.pk in seen:
            raise InCircles(_("An output cannot come after itself."))
        seen.add(older.pk)
        older = older.supersedes
