"""Who says that research was used, and by what path it came to be."""

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
from engagement.evidence.models import EvidenceOfUse, Source, Step
from engagement.evidence.services import uses


class LastSource(Refused):
    """What is public has a source."""


class AlreadyThere(Refused):
    """The same step twice."""


def add(
    *,
    by: User | None,
    use: EvidenceOfUse,
    kind: str,
    title_en: str,
    title_cy: str,
    url: str = "",
    source: str = "",
    upload: "UploadedFile[Any] | None" = None,
) -> Source:
    """The form has checked the file; it is on disk only if its row is there."""
    row = Source(
        kind=kind, title_en=title_en, title_cy=title_cy, url=url, source=source
    )
    with transaction.atomic():
        use = uses.locked(use)
        row.use, row.is_synthetic = use, use.is_synthetic
        if upload:
            _keep(row, upload)
        try:
            row.save()
            uses.recount(use)
            entries.record(by=by, action="evidence.source_added", target=use, kind=kind)
        except Exception:
            if row.upload:
                row.upload.delete(save=False)
            raise
    return row


def remove(*, by: User | None, source: Source) -> None:
    """Raises LastSource where the entry is public."""
    with transaction.atomic():
        use = uses.locked(source.use)
        if use.published_at and not use.sources.exclude(pk=source.pk).exists():
            raise LastSource(_("What is public has a source. Add another one first."))
        source.delete()
        uses.recount(use)
        entries.record(
            by=by, action="evidence.source_removed", target=use, kind=source.kind
        )
        if source.upload:
            transaction.on_commit(lambda: source.upload.delete(save=False))


def add_step(
    *,
    by: User | None,
    use: EvidenceOfUse,
    kind: str,
    target: int | None,
    label_en: str = "",
    label_cy: str = "",
) -> Step:
    """By a thing of the graph, or by a programme in words. Raises AlreadyThere."""
    with transaction.atomic():
        use = uses.locked(use)
        if target and use.path.filter(kind=kind, target=target).exists():
            raise AlreadyThere(_("This is in the path already."))
        step = Step.objects.create(
            use=use, kind=kind, target=target, label_en=label_en, label_cy=label_cy
        )
        entries.record(by=by, action="evidence.step_added", target=use)
    return step


def remove_step(*, by: User | None, step: Step) -> None:
    with transaction.atomic():
        step.delete()
        entries.record(by=by, action="evidence.step_removed", target=step.use)


def _keep(row: Source, upload: "UploadedFile[Any]") -> None:
    row.sha256 = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    ending = uploads.extension(upload.name or "")
    stem = slugify(PurePath(upload.name or "").stem)[:80] or "file"
    row.name, row.size = f"{stem}.{ending}", upload.size or 0
    row.content_type = uploads.TYPES[ending]
    row.upload.save(row.name, upload, save=False)
