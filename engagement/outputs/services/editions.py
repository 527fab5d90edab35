"""What is published at one time: begun, described, published, withdrawn, put back.

An edition is private until it is published, while those before it stay public."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import Edition, Output
from engagement.outputs.services import readiness, search


class Public(Refused):
    """Readers may have cited it; it is withdrawn, with a reason, and never deleted."""


class NotPublic(Refused):
    """It has not been published, or was withdrawn."""


class OutOfTurn(Refused):
    """A later edition is out already."""


def create(*, by: User | None, output: Output, fields: Mapping[str, Any]) -> Edition:
    """The next number, private."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        latest = output.editions.first()
        number = latest.number + 1 if latest else 1
        edition = Edition.objects.create(output=output, number=number, **fields)
        entries.record(
            by=by,
            action="output.edition_created",
            target=edition.output,
            edition=edition.number,
        )
    return edition


def update(*, by: User | None, edition: Edition, fields: Mapping[str, Any]) -> Edition:
    """Raises NotReady where something public would be in one language only."""
    with transaction.atomic():
        edition = locked(edition)
        for name, value in fields.items():
            setattr(edition, name, value)
        if edition.published_at:
            readiness.check_parity(edition)
        edition.save()
        _touch(edition)
        entries.record(
            by=by,
            action="output.edition_updated",
            target=edition.output,
            edition=edition.number,
        )
    return edition


def publish(
    *, by: User | None, edition: Edition, at: datetime | None = None
) -> Edition:
    """Public as of `at`, with its output where that is its first. Raises
    MoveNotAllowed, OutOfTurn, or NotReady where a language or a file is missing."""
    with transaction.atomic():
        edition = locked(edition)
        output, at = edition.output, at or timezone.now()
        _check_turn(edition)
        if missing := readiness.obstacles(output, edition):
            raise readiness.NotReady(missing)
        edition.published_at = at
        edition.save()
        if output.status == Output.Status.PUBLISHED:
            entries.record(
                by=by,
                action="output.edition_published",
                target=edition.output,
                edition=edition.number,
            )
        else:
            output.status, output.published_at = Output.Status.PUBLISHED, at
            entries.record(by=by, action="output.published", target=output)
        _touch(edition)
    return edition


def remove(*, by: User | None, edition: Edition) -> None:
    """With its files, where nobody has seen it. Raises Public."""
    with transaction.atomic():
        edition = locked(edition)
        if edition.published_at or hasattr(edition, "release_item"):
            raise Public(
                _(
                    "An edition that is published or part of a release cannot be removed."
                )
            )
        uploads = [file.upload for file in edition.files.all()]
        entries.record(
            by=by,
            action="output.edition_removed",
            target=edition.output,
            edition=edition.number,
        )
        edition.delete()
        for upload in uploads:
            transaction.on_commit(partial(upload.delete, save=False))


def withdraw(
    *, by: User | None, edition: Edition, reason_en: str, reason_cy: str
) -> Edition:
    """Its page says why, and its files are no longer given out. Raises NotPublic."""
    with transaction.atomic():
        edition = locked(edition)
        check_public(edition)
        edition.withdrawn_at = timezone.now()
        edition.withdrawn_reason_en = reason_en
        edition.withdrawn_reason_cy = reason_cy
        edition.save()
        _touch(edition)
        entries.record(
            by=by,
            action="output.edition_withdrawn",
            target=edition.output,
            edition=edition.number,
        )
    return edition


def restore(*, by: User | None, edition: Edition) -> Edition:
    """Public again, as it was; nothing happens to one that is not withdrawn."""
    with transaction.atomic():
        edition = locked(edition)
        if edition.withdrawn_at:
            edition.withdrawn_at = None
            edition.withdrawn_reason_en = edition.withdrawn_reason_cy = ""
            edition.save()
            _touch(edition)
            entries.record(
                by=by,
                action="output.edition_restored",
                target=edition.output,
                edition=edition.number,
            )
    return edition


def locked(edition: Edition) -> Edition:
    """As it is now, with its output's row held until the transaction ends."""
    output = Output.objects.select_for_update().get(pk=edition.output_id)
    edition = Edition.objects.get(pk=edition.pk)
    edition.output = output
    return edition


def check_public(edition: Edition) -> None:
    """Raises NotPublic."""
    out = edition.output.status == Output.Status.PUBLISHED
    if not (out and edition.published_at) or edition.withdrawn_at:
        raise NotPublic(_("This edition is not public."))


def _check_turn(edition: Edition) -> None:
    output = edition.output
    if output.status == Output.Status.WITHDRAWN or edition.published_at:
        check_move({}, output.status, Output.Status.PUBLISHED)
    if output.status != Output.Status.PUBLISHED:
        check_move(Output.MOVES, output.status, Output.Status.PUBLISHED)
    if output.editions.published().filter(number__gt=edition.number).exists():
        raise OutOfTurn(_("A later edition is published already."))


def _touch(edition: Edition) -> None:
    """What is public of the output has changed: those who harvest it are told."""
    if edition.published_at:
        edition.output.save()
        search.reindex(edition.output)
