"""What a file must be before it is kept."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from engagement.core import file_types, scanning, upload_names

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
# What every browser and mail program shows. A picture is kept as it came, so its size
# is limited: in bytes for readers, in points for whoever must unpack it.
PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
PICTURE_BYTES = 5 * 1024 * 1024
PICTURE_POINTS = 25_000_000
# The mark that a whole file has, and after which mark it comes. Pillow alone cannot tell:
# WeasyPrint has it take broken files, for all of the process.
ENDS = {"PNG": (b"IEND\xaeB`\x82", b"IHDR"), "JPEG": (b"\xff\xd9", b"\xff\xda")}
# Stored lying on its side; programs turn it as it is shown (Exif 2.32, orientation).
ORIENTATION, ON_ITS_SIDE = 0x0112, {5, 6, 7, 8}


def extension(name: str) -> str:
    """The ending of a file name in lower case, without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def check(upload: "UploadedFile[Any]", limit: int | None = None) -> None:
    """Raises ValidationError, in the reader's language, for name, size, type or content.
    `limit` is in bytes, MAX_UPLOAD_BYTES where it is not given."""
    limit = limit or settings.MAX_UPLOAD_BYTES
    upload_names.check(upload)
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
    file_types.check(upload, kind)
    scanning.check(upload)


def check_picture(upload: "UploadedFile[Any]") -> tuple[int, int]:
    """Width and height as it is shown. Raises ValidationError, in the reader's language,
    for size, type or content; all of the picture is read."""
    if (upload.size or 0) > PICTURE_BYTES:
        raise ValidationError(
            _("The picture must be smaller than %(limit)s MB.")
            % {"limit": PICTURE_BYTES // (1024 * 1024)}
        )
    kind = PICTURES.get(extension(upload.name or ""))
    if kind is None:
        raise ValidationError(_("The picture must be a PNG or a JPEG file."))
    try:
        return _measure(upload, kind)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("The file is not what its name says. Save it again as %(type)s.")
            % {"type": kind}
        ) from error
    finally:
        upload.seek(0)


def _measure(upload: "UploadedFile[Any]", kind: str) -> tuple[int, int]:
    """Raises ValidationError for too many points, before they are unpacked; what Pillow
    raises where it is no whole picture of the kind."""
    with Image.open(upload, formats=[kind]) as image:
        width, height = image.size
        if width * height > PICTURE_POINTS:
            raise ValidationError(
                _("The picture is too large: %(width)s by %(height)s points.")
                % {"width": width, "height": height}
            )
        image.load()
        upload.seek(0)
        content = upload.read()
        end, start = ENDS[kind]
        if content.rfind(end) < content.rfind(start):
            raise OSError("truncated")
        turned = image.getexif().get(ORIENTATION) in ON_ITS_SIDE
    return (height, width) if turned else (width, height)
