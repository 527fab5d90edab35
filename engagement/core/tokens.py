"""Signed links: each token is for one scope and one value, and runs out."""

from datetime import timedelta

from django.core import signing
from django.utils.translation import gettext as _

from engagement.core.errors import Refused


class BadToken(Refused):
    """The link was altered, belongs to something else, or is too old."""


def make(scope: str, value: str) -> str:
    """A URL-safe token that only `read` with the same scope accepts."""
    return signing.TimestampSigner(salt=f"dolen.{scope}").sign_object(value)


def read(scope: str, token: str, max_age: timedelta) -> str:
    """The value inside. Raises BadToken."""
    try:
        value: str = signing.TimestampSigner(salt=f"dolen.{scope}").unsign_object(
            token, max_age=max_age
        )
    except signing.BadSignature as error:
        raise BadToken(_("This link is not valid, or is too old.")) from error
    return value
