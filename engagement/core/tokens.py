"""Signed links: each token is for one scope and one value, and runs out."""

import hmac
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from engagement.core.errors import Refused

DAY = timedelta(days=1)


class _Signer(signing.TimestampSigner):
    """The same signatures, with the key made ready once: an issue needs thousands."""

    @cached_property
    def _keyed(self) -> hmac.HMAC:
        salt = force_bytes(self.salt) + b"signer"
        return salted_hmac(salt, b"", self.key, algorithm=self.algorithm)

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        if key is not None:
            return super().signature(value, key)
        keyed = self._keyed.copy()
        keyed.update(force_bytes(value))
        return signing.b64_encode(keyed.digest()).decode()


class BadToken(Refused):
    """The link was altered, belongs to something else, or is too old."""


def make(scope: str, value: Any) -> str:
    """A URL-safe token of what fits in JSON, that only `read` with this scope accepts."""
    return _signer(scope, settings.SECRET_KEY).sign_object(value)


@lru_cache(maxsize=32)
def _signer(scope: str, _secret: str) -> _Signer:
    return _Signer(salt=f"dolen.{scope}")


def read(scope: str, token: str, max_age: timedelta = DAY) -> Any:
    """The value inside. Raises BadToken."""
    try:
        return signing.TimestampSigner(salt=f"dolen.{scope}").unsign_object(
            token, max_age=max_age
        )
    except (signing.BadSignature, ValueError) as error:
        raise BadToken(_("This link is not valid, or is too old.")) from error
