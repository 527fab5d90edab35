"""What people type or paste, as it is kept (ADR 0013)."""

import re
import unicodedata

from django.utils.translation import gettext as _

from engagement.core import digests
from engagement.core.errors import Refused

# Marks of direction and spaces without width: they come with what is copied from mails
# and pages, and nobody sees them. The joiners of Persian and of emoji stay.
UNSEEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
# Control characters but tabs and line ends, halves of letters, what is no character,
# and the mark that stands where a letter was lost.
UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LONGEST_ADDRESS = 320


class Unfit(Refused):
    """It holds something that cannot be kept. Says what, and never quotes it."""


def line(text: str) -> str:
    """On one line, its letters composed (NFC); "" where there is nothing to see. Raises
    Unfit."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    found = " ".join(_clean(text).split())
    return found if any(map(_is_seen, found)) else ""


def lines(text: str) -> str:
    """As `line`, with its lines and the spaces in them. Raises Unfit."""
    found = LINE_ENDS.sub("\n", _clean(text))
    return found if any(map(_is_seen, found)) else ""


def address(text: str) -> str:
    """An e-mail address in the one spelling that is kept: lower case, and a domain of
    Wales in its letters (RFC 5890), however it was typed. Whether it is an address at
    all is for validate_email to say. Raises Unfit."""
    text = text.strip()
    if "@" not in text or len(text) > LONGEST_ADDRESS:
        return text
    text = digests.normal(_clean(text))
    name, at, domain = text.rpartition("@")
    if not name.isascii():
        raise Unfit(
            _(
                "Write the part before the @ without accents or letters of other scripts."
            )
        )
    if "xn--" not in domain:
        return text
    try:
        return f"{name}{at}{domain.encode('ascii').decode('idna')}"
    except UnicodeError as error:
        raise Unfit(_("Enter an e-mail address like name@example.org.")) from error


def _clean(text: str) -> str:
    if UNFIT.search(text):
        raise Unfit(_("Leave out characters that cannot be shown."))
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp", "Zs"}
