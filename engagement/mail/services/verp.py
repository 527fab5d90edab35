"""An envelope sender for each mail (VERP): a bounce then says by itself whose it is.

The code in it keeps others from making bounces of mails that they never had.
"""

import hashlib
import hmac
import re
from functools import lru_cache

from django.conf import settings

CODE_LETTERS = 16
KEY = r"[a-z]{1,12}-[0-9]{1,18}"


def return_path(key: str, fallback: str) -> str:
    """The envelope sender of the mail `key`; `fallback` where BOUNCE_ADDRESS is not set."""
    local, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at:
        return fallback
    return f"{local}+{key}-{_code(key)}@{domain}"


def find(text: str) -> str | None:
    """The first key in a `return_path` of ours anywhere in `text`, whatever became of its
    capitals."""
    for match in _pattern(settings.BOUNCE_ADDRESS).finditer(text.lower()):
        if hmac.compare_digest(match["code"], _code(match["key"])):
            return match["key"]
    return None


def _code(key: str) -> str:
    keyed = _keyed(settings.HASH_KEY).copy()
    keyed.update(key.encode())
    return keyed.hexdigest()[:CODE_LETTERS]


@lru_cache(maxsize=2)
def _keyed(secret: str) -> hmac.HMAC:
    """Keyed once: a Signer for each mail would take longer than the rest of it."""
    return hmac.new(b"dolen.verp" + secret.encode(), digestmod=hashlib.sha256)


@lru_cache(maxsize=2)
def _pattern(address: str) -> re.Pattern[str]:
    local, at, domain = address.lower().rpartition("@")
    if not at:
        # Never matches.
        return re.compile(r"(?P<key>)(?P<code>)(?!)")
    code = rf"(?P<code>[0-9a-f]{{{CODE_LETTERS}}})"
    return re.compile(rf"{re.escape(local)}\+(?P<key>{KEY})-{code}@{re.escape(domain)}")
