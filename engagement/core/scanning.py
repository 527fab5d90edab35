"""Has a file looked at by the machine's own scanner for viruses, where one is named."""

import logging
import shlex
import subprocess
import tempfile
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
# clamdscan(1): 0 is clean, 1 is a virus, all else is an error.
CLEAN, FOUND = 0, 1
SECONDS = 300


def check(upload: "UploadedFile[Any]") -> None:
    """Runs settings.UPLOAD_SCANNER with the path of the file behind it. Raises
    ValidationError where it finds something, and where it cannot say."""
    if not settings.UPLOAD_SCANNER:
        return
    if hasattr(upload, "temporary_file_path"):
        code = _run(upload.temporary_file_path())
    else:
        with tempfile.NamedTemporaryFile() as copy:
            copy.writelines(upload.chunks())
            copy.flush()
            code = _run(copy.name)
        upload.seek(0)
    if code == FOUND:
        raise ValidationError(_("The virus scanner refuses this file."))
    if code != CLEAN:
        raise ValidationError(
            _("The file could not be checked for viruses. Try again later.")
        )


def _run(path: str) -> int | None:
    """What the scanner returned; None where it could not be run to its end."""
    command = [*shlex.split(settings.UPLOAD_SCANNER), path]
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own words
            command, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        logger.exception("The virus scanner did not run.")
        return None
    if done.returncode not in (CLEAN, FOUND):
        logger.error("The virus scanner ended with %s.", done.returncode)
    return done.returncode
