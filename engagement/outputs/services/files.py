"""The files of an output."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import uploads
from engagement.core.errors import Refused
from engagement.outputs.models import Edition, File, Output


class Published(Refused):
    """What readers may have cited stays; a new edition stands beside it."""


def add(
    *,
    by: User | None,
    output: Output,
    upload: "UploadedFile[Any]",
    language: str,
    new_edition: bool = False,
) -> File:
    """Keeps the upload in the latest edition, or in a new one, with its SHA-256.

    The file is on disk only if the row is in the database. The form has checked it.
    """
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    name = _safe(upload.name or "")
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        file = File(
            edition=_edition(output, new_edition),
            language=language,
            name=name,
            content_type=uploads.TYPES[uploads.extension(name)],
            size=upload.size or 0,
            sha256=digest,
        )
        file.upload.save(name, upload, save=False)
        try:
            file.save()
            entries.record(by=by, action="output.file_added", target=output, file=name)
        except Exception:
            file.upload.delete(save=False)
            raise
    return file


def remove(*, by: User | None, file: File) -> None:
    """Takes a file out of what is not published yet. Raises Published."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=file.edition.output_id)
        if output.status == Output.Status.PUBLISHED:
            raise Published(_("A published file stays. Add a new edition instead."))
        file.delete()
        entries.record(
            by=by, action="output.file_removed", target=output, file=file.name
        )
        transaction.on_commit(lambda: file.upload.delete(save=False))


def _safe(name: str) -> str:
    """Letters every disk and every browser can take, and short enough for both."""
    return f"{slugify(PurePath(name).stem)[:80] or 'file'}.{uploads.extension(name)}"


def _edition(output: Output, new: bool) -> Edition:
    latest = output.editions.first()
    if latest and not new:
        return latest
    return Edition.objects.create(
        output=output, number=latest.number + 1 if latest else 1
    )
