"""What goes out by a connection, and what became of it."""

from typing import NamedTuple

from engagement.mail.services.smtp import Reply


class Outgoing(NamedTuple):
    """A mail ready to leave."""

    key: str  # "delivery-123" or "mail-45"
    sender: str  # of the envelope
    recipient: str
    message: bytes  # RFC 5322, CRLF
    # Known to have no line that begins with a dot: looking takes longer than the rest.
    dotless: bool = False


class Outcome(NamedTuple):
    """`state` is "accepted", "rejected", "deferred", "unknown", or "unsent": nothing of
    it left, and nothing was said of its recipient."""

    key: str
    state: str
    reply: Reply
