"""A code for an e-mail address that outlives the address itself."""

import hmac
import unicodedata
from contextlib import suppress

from django.conf import settings


def normal(address: str) -> str:
    """The address as it is compared: NFC, lower case, its domain in ASCII (RFC 5890).

    A domain that has no ASCII form is left as it is; it cannot be written to anyway.
    """
    if address.isascii():
        return address.strip().lower()
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return f"{local}{at}{domain}".lower()


def of_address(address: str) -> str:
    """HMAC-SHA256 in hexadecimal: the same address gives the same code, and without the
    key (HASH_KEY) nobody can find the address by trying."""
    key, text = settings.HASH_KEY.encode(), normal(address).encode()
    return hmac.digest(key, text, "sha256").hex()
