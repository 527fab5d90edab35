"""A mail as bytes (RFC 5322), in two languages, as text and as HTML.

Python's own folding breaks what we need: a long address of a page becomes an encoded
word, which no mail program follows; a sender's name with both "î" and a comma loses its
quotes and becomes two senders. So values are encoded here and only cut into lines there.
"""

from collections.abc import Mapping
from email import policy
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import Policy
from email.utils import formataddr
from typing import Any, NamedTuple

from django.utils.crypto import salted_hmac

from engagement.core.bilingual import other
from engagement.mail.services import smtp


class Invite(NamedTuple):
    """A calendar file (RFC 5545) whose METHOD is `method`: REQUEST or CANCEL."""

    method: str
    text: str


class Ready(BaseHeader):
    """A header that is ASCII already, cut between encoded words and nowhere else."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds |= {"decoded": value, "parse_tree": None}

    def fold(self, *, policy: Policy) -> str:
        cut = f"?={policy.linesep} =?"
        return f"{self.name}: {self}{policy.linesep}".replace("?= =?", cut)


# CRLF at each end of line: SMTP sends bytes as they are.
POLICY = policy.SMTP.clone(
    max_line_length=76,  # of quoted-printable (RFC 2045, 6.7)
    header_factory=HeaderRegistry(
        default_class=Ready,  # type: ignore[arg-type]
        use_default_map=False,
    ),
)


def compose(
    *,
    headers: Mapping[str, str],
    language: str,
    text: str,
    html: str,
    boundary: str = "",
    invite: Invite | None = None,
) -> bytes:
    """The same bytes each time. `language` is the one that stands first; `boundary` is
    any text that this mail shares with no other, its Message-ID where there is none.
    `invite` is for calendars (RFC 6047): one more way to read the mail, and a file.

    Header values must be ASCII: see `words` and `mailbox`. Raises ValueError for a line
    break in one of them.
    """
    mail = EmailMessage(POLICY)
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if invite:
        _add_alternative(mail, invite)
    # No author of a text can guess it, and so break out of a part.
    code = salted_hmac("dolen.boundary", boundary or headers["Message-ID"]).hexdigest()
    mail.set_boundary(f"=_{code}")
    if invite:
        _attach(mail, invite)
        mail.set_boundary(f"=_{code[::-1]}")
    # Last: setting the content drops every Content- header.
    mail["Content-Language"] = f"{language}, {other(language)}"
    # A line that begins with a dot would have to be stuffed again for each person.
    return mail.as_bytes().replace(b"\r\n.", b"\r\n=2E=\r\n")


def _add_alternative(mail: EmailMessage, invite: Invite) -> None:
    """What calendars look for: the method is a parameter too (RFC 6047, 2.4)."""
    params = {"method": invite.method}
    mail.add_alternative(
        invite.text, subtype="calendar", cte="quoted-printable", params=params
    )


def _attach(mail: EmailMessage, invite: Invite) -> None:
    """For programs that take no invitations. Of another type, so that those that do are
    not invited twice."""
    content = invite.text.encode()
    mail.add_attachment(
        content, maintype="application", subtype="ics", filename="invite.ics"
    )


def words(text: str) -> str:
    """`text` on one line, in encoded words (RFC 2047) where it is not plain ASCII."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable() and "=?" not in line:
        return line
    return Header(line, "utf-8", maxlinelen=75).encode(linesep="")


def mailbox(name: str, address: str) -> str:
    """`name <address>` for From and Reply-To. Raises ValueError where mail cannot carry
    the address."""
    try:
        return named(name, smtp.ascii_address(address))
    except smtp.Rejected as refused:
        raise ValueError(str(refused)) from refused


def named(name: str, inside: str) -> str:
    """`name <inside>`, the name quoted or encoded as it needs; `inside` is ASCII."""
    encoded = words(name)
    if encoded == " ".join(name.split()):
        return formataddr((encoded, inside))
    return f"{encoded} <{inside}>"
