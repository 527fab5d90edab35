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
from typing import Any

from django.utils.crypto import salted_hmac

from engagement.core.bilingual import other


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
    header_factory=HeaderRegistry(
        default_class=Ready,  # type: ignore[arg-type]
        use_default_map=False,
    )
)


def compose(
    *, headers: Mapping[str, str], language: str, text: str, html: str
) -> bytes:
    """The same bytes each time. `language` is the one that stands first.

    Header values must be ASCII: see `words` and `mailbox`. Raises ValueError for a line
    break in one of them.
    """
    mail = EmailMessage(POLICY)
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    # No author of a text can guess it, and so break out of a part.
    boundary = salted_hmac("dolen.boundary", headers["Message-ID"]).hexdigest()
    mail.set_boundary(f"=_{boundary}")
    # Last: setting the content drops every Content- header.
    mail["Content-Language"] = f"{language}, {other(language)}"
    return mail.as_bytes()


def words(text: str) -> str:
    """`text` on one line, in encoded words (RFC 2047) where it is not plain ASCII."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable() and "=?" not in line:
        return line
    return Header(line, "utf-8", maxlinelen=75).encode(linesep="")


def mailbox(name: str, address: str) -> str:
    """`name <address>` for From and Reply-To, quoted or encoded as the name needs."""
    encoded = words(name)
    if encoded == " ".join(name.split()):
        return formataddr((encoded, address))
    return f"{encoded} <{address}>"
