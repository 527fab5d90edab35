"""Reading what the mail catcher kept."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404

NAME = re.compile(r"\d+-[0-9a-f]{8}")


class Caught(NamedTuple):
    name: str
    at: datetime
    mail: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.mail.items()]

    @property
    def subject(self) -> str:
        return str(self.mail.get("Subject", ""))

    @property
    def to(self) -> str:
        return str(self.mail.get("X-Envelope-To") or self.mail.get("To", ""))

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        """What is not readable is shown as well as it can be, and never an error."""
        part = self.mail.get_body((kind,))
        if part is None:
            return ""
        try:
            return str(part.get_content())
        except (LookupError, ValueError):
            return str(part.get_payload())


def names() -> list[str]:
    """Newest first. Raises Http404 where no mail catcher is set up."""
    return sorted((path.stem for path in _folder().glob("*.eml")), reverse=True)


def read(name: str) -> Caught:
    """Raises Http404 for a name that is none of ours."""
    path = _folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.exists():
        raise Http404
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    at = datetime.fromtimestamp(int(name.split("-")[0]) / 1e9, UTC)
    return Caught(name, at, mail)


def _folder() -> Path:
    if not settings.MAIL_CATCHER_DIR:
        raise Http404
    return Path(settings.MAIL_CATCHER_DIR)
