"""Notices of what was wrong in something published. They are added, never taken away."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.outputs.models import Correction, Edition, File
from engagement.outputs.services import editions, files


class AlreadyReplaced(Refused):
    """The file that stands in its place is the one to correct."""


def add(
    *,
    by: User | None,
    edition: Edition,
    text_en: str,
    text_cy: str,
    old_file: File | None = None,
    upload: "UploadedFile[Any] | None" = None,
) -> Correction:
    """A dated notice; with `upload`, a file that takes the place of `old_file`, which can
    still be had from the notice. Raises NotPublic or AlreadyReplaced."""
    facts = files.measured(upload) if upload else None
    with transaction.atomic():
        edition = editions.locked(edition)
        editions.check_public(edition)
        if old_file and hasattr(old_file, "corrected_by"):
            raise AlreadyReplaced(_("This file is replaced already."))
        new = None
        if facts and old_file:
            new = files.keep(edition=edition, facts=facts, language=old_file.language)
        correction = Correction(
            edition=edition,
            made_at=timezone.now(),
            text_en=text_en,
            text_cy=text_cy,
            old_file=old_file if new else None,
            new_file=new,
        )
        try:
            correction.save()
            edition.output.save()
            entries.record(
                by=by,
                action="output.corrected",
                target=edition.output,
                edition=edition.number,
            )
        except Exception:
            # No file on disk without its row.
            if new:
                new.upload.delete(save=False)
            raise
    return correction
