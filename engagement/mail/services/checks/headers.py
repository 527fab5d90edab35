"""The headers of a mail as it would leave, read as mail programs read them."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from engagement.mail.services import smtp
from engagement.mail.services.checks.finding import Finding

# Gmail cuts off what comes after (102 KB).
LONGEST_HTML = 102 * 1024
NEEDED: dict[str, Callable[[str], bool]] = {
    "From": bool,
    "Subject": lambda value: bool(value.strip()),
    "Message-ID": lambda value: value.startswith("<") and value.endswith(">"),
    "Date": bool,
    "Reply-To": lambda value: "@" in value,
    "List-Unsubscribe": lambda value: value.startswith("<https://"),
    "List-Unsubscribe-Post": lambda value: value == "List-Unsubscribe=One-Click",
    "List-ID": lambda value: value.endswith(">"),
    "Feedback-ID": lambda value: value.count(":") == 3,
}


def check(raw: bytes | None, address: str) -> Iterator[Finding]:
    """`raw` is a mail from `address`; None where there is none yet."""
    if raw is None:
        yield Finding("headers.no_mail", address)
        return
    mail = message_from_bytes(raw, policy=policy.default)
    for name, fits in NEEDED.items():
        found = mail.get_all(name, [])
        code = "headers.missing"
        if found:
            good = len(found) == 1 and fits(str(found[0]))
            code = "headers.right" if good else "headers.wrong"
        yield Finding(code, address, {"name": name})
    senders = mail["From"].addresses if mail["From"] else ()
    if [one.addr_spec for one in senders] != [smtp.ascii_address(address)]:
        yield Finding("headers.other_sender", address)
    head = raw.partition(b"\r\n\r\n")[0]
    yield Finding("headers.ascii" if head.isascii() else "headers.not_ascii", address)
    yield _size(mail, address)


def _size(mail: EmailMessage, address: str) -> Finding:
    part = mail.get_body(("html",))
    size = len(part.get_content().encode()) if part else 0
    told = {"size": str(round(size / 1024))}
    code = "headers.large" if size > LONGEST_HTML else "headers.size"
    return Finding(code, address, told)
