"""Signed links: each token is for one scope and one value, and runs out."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from engagement.core.errors import Refused

DAY = timedelta(days=1)


class BadToken(Refused):
    """The link was altered, belongs to something else, or is too old."""


def make(scope: str, value: Any) -> str:
    """A URL-safe token of what fits in JSON, that only `read` with this scope accepts."""
    return signing.TimestampSigner(salt=f"dolen.{scope}").sign_object(value)


def read(scope: str, token: str, max_age: timedelta = DAY) -> Any:
    """The value inside. Raises BadToken."""
    try:
        return signing.TimestampSigner(salt=f"dolen.{scope}").unsign_object(
            token, max_age=max_age
        )
    except (signing.BadSignature, ValueError) as error:
        raise BadToken(_("This link is not valid, or is too old.")) from error
