"""The keys that receivers look up to prove a signature (DKIM, RFC 6376)."""

import base64
import binascii
from collections.abc import Iterable, Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from engagement.mail.services.checks.finding import Finding
from engagement.mail.services.checks.lookup import Ask

# RFC 8301.
SHORTEST, FIT = 1024, 2048


def check(ask: Ask, domain: str, selectors: Iterable[str]) -> Iterator[Finding]:
    """`domain` is that of From. Raises lookup.Unanswered."""
    for selector in selectors:
        yield _key(ask, domain, selector)
    if not selectors:
        yield Finding("dkim.no_selectors", domain)
    # The relay signs after the mail has left us.
    yield Finding("dkim.relay", domain)


def _key(ask: Ask, domain: str, selector: str) -> Finding:
    told = {"selector": selector}
    records = ask(f"{selector}._domainkey.{domain}", "TXT")
    if len(records) != 1:
        return Finding("dkim.several" if records else "dkim.none", domain, told)
    known = tags(records[0])
    if not known.get("p"):
        return Finding("dkim.revoked" if "p" in known else "dkim.broken", domain, told)
    if known.get("k", "rsa") == "ed25519":
        return Finding("dkim.ed25519", domain, told)
    try:
        key = load_der_public_key(base64.b64decode(known["p"], validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return Finding("dkim.broken", domain, told)
    if not isinstance(key, RSAPublicKey):
        return Finding("dkim.broken", domain, told)
    return Finding(_length(key.key_size), domain, told | {"bits": str(key.key_size)})


def tags(record: str) -> dict[str, str]:
    """`v=DMARC1; p=none` by its letters; white space means nothing."""
    pairs = (part.partition("=") for part in record.split(";") if "=" in part)
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def _length(bits: int) -> str:
    if bits < SHORTEST:
        return "dkim.short"
    return "dkim.key" if bits >= FIT else "dkim.weak"
