"""What machines write for machines: delivery status notifications (RFC 3464, 6533) and
feedback loops (ARF, RFC 5965)."""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from typing import Any, NamedTuple

from engagement.mail.models import Inbound
from engagement.mail.services import reasons

Kind = Inbound.Kind
NOTIFICATIONS = {"message/delivery-status", "message/global-delivery-status"}
FEEDBACK = "message/feedback-report"
# Reports of other things than a reader's displeasure.
NO_COMPLAINT = {"not-spam", "auth-failure"}
# Microsoft's feedback loop sends the mail itself, with this header, and no report.
JMRP = "X-HmXmrOriginalRecipient"
# Bounded (RFC 5321, 4.5.3.1): a line may be a megabyte long.
ADDRESS = re.compile(r"[^\s<>;,\"()@\0]{1,64}@[^\s<>;,\"()@\0]{1,255}")
MOST_OF_LINE = 2000
# The worst first: a report may speak of several ways that one mail went.
ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")


class Report(NamedTuple):
    kind: str
    address: str = ""
    status: str = ""
    reason: str = ""
    final: bool = True


def feedback(message: Message) -> Report | None:
    """What a feedback loop says; None where the message is none."""
    for part in _parts(message, {FEEDBACK}):
        fields = _blocks(part)[0]
        said = line(fields, "Feedback-Type").lower()
        kind = Kind.OTHER if said in NO_COMPLAINT else Kind.COMPLAINT
        whom = line(fields, "Original-Rcpt-To") or line(fields, "Removal-Recipient")
        return Report(kind, address_in(whom), reason=said)
    if whom := line(message, JMRP):
        return Report(Kind.COMPLAINT, address_in(whom), reason="abuse")
    return None


def notification(message: Message) -> Report | None:
    """What a delivery status notification says; None where there is none to read."""
    found = [
        block
        for part in _parts(message, NOTIFICATIONS)
        for block in _blocks(part)
        if _action(block) in ACTIONS
    ]
    if not found:
        return None
    return _of_recipient(min(found, key=lambda block: ACTIONS.index(_action(block))))


def _of_recipient(block: Message) -> Report:
    words = line(block, "Diagnostic-Code").partition(";")
    reason = (words[2] or words[0]).strip()
    whom = address_in(line(block, "Original-Recipient"))
    whom = whom or address_in(line(block, "Final-Recipient"))
    action = _action(block)
    if action not in ("failed", "delayed"):
        return Report(Kind.DELIVERED, whom, _status(line(block, "Status")), reason)
    given, said = reasons.status_in(line(block, "Status")), reasons.status_in(reason)
    # "5.0.0" says nothing; the remote server's own words may.
    vague = not given or given.endswith(".0.0")
    status = said if vague and said else given or said
    if action == "delayed":
        return Report(Kind.SOFT, whom, status, reason, final=False)
    return Report(reasons.kind_of(status, reason), whom, status, reason)


def line(message: Message, name: str) -> str:
    """A header as one line, read as UTF-8 (RFC 6532); "" where there is none."""
    found = (v for key, v in message.raw_items() if key.lower() == name.lower())
    raw = str(next(found, "")).encode("utf-8", "surrogateescape")
    return " ".join(raw.decode("utf-8", "replace").split())[:MOST_OF_LINE]


def address_in(text: str) -> str:
    """The first address in "rfc822; <a@example.org>" and the like."""
    match = ADDRESS.search(text)
    return match[0].strip("'.")[:320] if match else ""


def _action(block: Message) -> str:
    return line(block, "Action").partition(" ")[0].lower()


def _status(text: str) -> str:
    match = reasons.STATUS.search(text)
    return match[0] if match else ""


def _parts(message: Message, kinds: set[str]) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() in kinds:
            yield part


def _blocks(part: Message) -> list[Message]:
    """The groups of fields in a report, however the parser has taken it."""
    payload: Any = part.get_payload()
    if not isinstance(payload, list):
        # Encoded, as some do though RFC 3464 forbids it.
        whole = part.get_payload(decode=True)
    elif part.get_content_type() == "message/delivery-status":
        return payload or [Message()]
    else:
        whole = b"\n\n".join(each.as_bytes() for each in payload)
    text = whole.decode("utf-8", "replace") if isinstance(whole, bytes) else ""
    groups = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [HeaderParser().parsestr(group) for group in groups]
