"""The files of an output."""

import hashlib
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import page_counts, uploads
from engagement.core.errors import Refused
from engagement.outputs.models import Edition, File, Output


class Published(Refused):
    """What readers may have cited stays; a correction or a new edition stands beside."""


class Measured(NamedTuple):
    """An upload, and what was found out about it before any row was locked."""

    upload: "UploadedFile[Any]"
    name: str
    sha256: str
    pages: int | None


def measured(upload: "UploadedFile[Any]") -> Measured:
    """Reads it in pieces, as it may be larger than the memory. The form has checked it."""
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    name = _safe(upload.name or "")
    is_pdf = uploads.extension(name) == "pdf"
    pages = page_counts.count(upload) if is_pdf else None
    return Measured(upload, name, digest, pages)


def add(
    *,
    by: User | None,
    output: Output,
    upload: "UploadedFile[Any]",
    language: str,
    edition: Edition | None = None,
) -> File:
    """Keeps the upload in the edition: the latest, or a first one, where none is said.
    In one that is public it is public at once."""
    facts = measured(upload)
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        edition = edition or _latest(output)
        file = keep(edition=edition, facts=facts, language=language)
        try:
            if edition.published_at:
                output.save()
            entries.record(
                by=by, action="output.file_added", target=output, file=file.name
            )
        except Exception:
            file.upload.delete(save=False)
            raise
    return file


def keep(*, edition: Edition, facts: Measured, language: str) -> File:
    """Part of what another service writes. The file is on disk only if the row is in
    the database."""
    file = File(
        edition=edition,
        language=language,
        name=facts.name,
        content_type=uploads.TYPES[uploads.extension(facts.name)],
        size=facts.upload.size or 0,
        sha256=facts.sha256,
        pages=facts.pages,
    )
    # On disk in letters that every disk can take.
    on_disk = f"{slugify(PurePath(facts.name).stem) or 'file'}.{file.format.lower()}"
    file.upload.save(on_disk, facts.upload, save=False)
    try:
        file.save()
    except Exception:
        file.upload.delete(save=False)
        raise
    return file


def remove(*, by: User | None, file: File) -> None:
    """Takes a file out of what is not published yet. Raises Published."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=file.edition.output_id)
        if Edition.objects.published().filter(pk=file.edition_id).exists():
            raise Published(
                _("A published file stays. Correct it, or add a new edition instead.")
            )
        file.delete()
        entries.record(
            by=by, action="output.file_removed", target=output, file=file.name
        )
        transaction.on_commit(partial(file.upload.delete, save=False))


def _safe(name: str) -> str:
    """Letters and digits of any script, and short enough for disks and browsers."""
    stem = slugify(PurePath(name).stem, allow_unicode=True)[:80]
    return f"{stem or 'file'}.{uploads.extension(name)}"


def _latest(output: Output) -> Edition:
    return output.editions.first() or Edition.objects.create(output=output, number=1)
