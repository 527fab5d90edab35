"""What a mail that came back is, and of which mail of ours it speaks."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from django.conf import settings
from flufl.bounce import all_failures

from engagement.mail.models import Inbound
from engagement.mail.services import reasons, reports, verp, wordings
from engagement.mail.services.reports import Report, line

Kind = Inbound.Kind
# More than any report; what was sent back whole follows after it.
MOST_BYTES = 1024 * 1024
MOST_LETTERS = 100_000


@dataclass(frozen=True)
class Classified:
    """`key` is the mail of ours, "" where nobody can tell; `signed` where our own code
    in a return path says so."""

    kind: str
    address: str = ""
    key: str = ""
    status: str = ""
    reason: str = ""
    final: bool = True
    signed: bool = False


def classify(raw: bytes) -> Classified:
    """Never raises, whatever the bytes."""
    try:
        message = message_from_bytes(raw[:MOST_BYTES])
        text = _text(message)
        report = _report(message, text)
    except RecursionError:
        # Parts in parts in parts: no server's report.
        text, report = "", Report(Kind.OTHER)
    everything = f"{raw[:MOST_BYTES].decode('utf-8', 'replace')}\n{text}"
    signed = verp.find(everything)
    return Classified(
        kind=report.kind,
        address=report.address,
        key=signed or _named(everything),
        status=report.status,
        reason=_plain(report.reason)[:500],
        final=report.final,
        signed=signed is not None,
    )


def _report(message: Message, text: str) -> Report:
    """The first that fits, from what is sure to what is guessed."""
    said = reports.feedback(message) or reports.notification(message)
    if said:
        return _with_words(said, text)
    subject = wordings.subject(message)
    if wordings.is_bounce(message, subject):
        return _unstructured(message, text)
    sender = reports.address_in(line(message, "From"))
    if wordings.is_challenge(message, subject, text):
        return Report(Kind.CHALLENGE, sender, reason=subject)
    if wordings.is_automatic(message, subject):
        return Report(Kind.AUTO_REPLY, sender, reason=subject)
    return Report(Kind.OTHER, sender, reason=subject)


def _with_words(report: Report, text: str) -> Report:
    """A report without a reason has one in the part for people."""
    if report.reason or report.kind not in Inbound.BOUNCES or not report.final:
        return report
    reason = _reason(text)
    kind = reasons.kind_of(report.status, reason)
    return report._replace(kind=kind, reason=reason)


def _unstructured(message: Message, text: str) -> Report:
    """A bounce for people: the address from flufl.bounce, which knows the wordings of
    many servers, the reason from the line that holds it."""
    temporary, permanent = _failures(message)
    found = sorted(permanent or temporary)
    address = found[0].decode("ascii", "replace") if found else ""
    address = address or reports.address_in(line(message, "X-Failed-Recipients"))
    reason = _reason(text)
    status = reasons.status_in(reason)
    warning = wordings.is_warning(wordings.subject(message), text)
    if warning or (temporary and not permanent):
        return Report(Kind.SOFT, address, status, reason, final=False)
    return Report(reasons.kind_of(status, reason), address, status, reason)


def _failures(message: Message) -> tuple[set[bytes], set[bytes]]:
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - it reads what anybody may have written
        return set(), set()
    return set(temporary), set(permanent)


def _reason(text: str) -> str:
    """The line in which the server says why, with the next where it is cut in two."""
    lines = [" ".join(each[:1000].split()) for each in text.splitlines()[:400]]
    told = [n for n, each in enumerate(lines) if reasons.speaks_of_failure(each)]
    coded = [n for n in told if reasons.status_in(lines[n])]
    if not told:
        return ""
    first = (coded or told)[0]
    return " ".join(lines[first : first + 3]).strip()


def _text(message: Message) -> str:
    """All text for people, without what was sent back."""
    said: list[str] = []
    for part in message.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            break
        if part.get_content_maintype() == "text":
            said.append(wordings.decoded(part))
    return "\n".join(said)[:MOST_LETTERS]


def _named(text: str) -> str:
    """The key in a Message-ID of ours."""
    domain = re.escape(settings.MAIL_DOMAIN)
    match = re.search(rf"<({verp.KEY})@{domain}>", text, re.IGNORECASE)
    return match[1].lower() if match else ""


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
