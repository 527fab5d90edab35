"""Keeps the names of uploads as they were sent.

Django makes a name safe before any form sees it: "../a.pdf" becomes "a.pdf", and 400
letters 255. A form can then not say that it was odd. Nothing else of an upload changes.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.utils.translation import gettext as _

LONGEST = 255


class NamesAsSent(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: the others do the work."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[Any, Any]:
        handlers = self.request.upload_handlers if self.request else ()
        others = [one for one in handlers if one is not self]
        return _Parser(META, input_data, others, encoding or "utf-8").parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class _Parser(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str | None:
        self._sent = file_name
        safe: str | None = super().sanitize_file_name(file_name)
        return safe

    def handle_file_complete(self, old_field_name: str, counters: list[int]) -> None:
        super().handle_file_complete(old_field_name, counters)
        if files := self._files.getlist(old_field_name):  # type: ignore[attr-defined]
            files[-1].sent_name = self._sent


def check(upload: "UploadedFile[Any]") -> None:
    """Raises ValidationError, in the reader's language, for a name that leads somewhere
    or is too long for a disk."""
    name = getattr(upload, "sent_name", None) or upload.name or ""
    if ".." in name.replace("\\", "/").split("/"):
        raise ValidationError(
            _("The name of the file leads to another folder (../). Rename the file.")
        )
    if len(name) > LONGEST:
        raise ValidationError(
            _("The name of the file is longer than %(limit)s letters. Rename the file.")
            % {"limit": LONGEST}
        )
