"""What a file must be before it is kept."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
}
# The first bytes of a format, so that a renamed program is not kept as a report.
SIGNATURES = {"pdf": b"%PDF-", "xlsx": b"PK", "ods": b"PK", "docx": b"PK", "odt": b"PK"}
SIGNATURES["pptx"] = b"PK"


def extension(name: str) -> str:
    """The ending of a file name in lower case, without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def check(upload: "UploadedFile[Any]") -> None:
    """Raises ValidationError, in the reader's language, for size, type or content."""
    limit = settings.MAX_UPLOAD_BYTES
    if (upload.size or 0) > limit:
        raise ValidationError(
            _("The file must be smaller than %(limit)s MB.")
            % {"limit": limit // (1024 * 1024)}
        )
    kind = extension(upload.name or "")
    if kind not in TYPES:
        raise ValidationError(
            _("The file must be one of: %(types)s.") % {"types": ", ".join(TYPES)}
        )
    start = upload.read(8)
    upload.seek(0)
    if not start.startswith(SIGNATURES.get(kind, b"")):
        raise ValidationError(
            _("The file is not what its name says. Save it again as %(type)s.")
            % {"type": kind}
        )
