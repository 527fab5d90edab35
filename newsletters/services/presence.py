"""Who has a form of the editor open, typed or not.

It is told by a script every half minute and forgotten soon after the last time, so it
stays in the cache: nothing is lost where that is emptied, and nothing is kept of it.
"""

from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from engagement.accounts.models import User
from newsletters.services import owners

# Seconds; browsers slow down the clock of a page that nobody looks at to once a minute.
LASTS = 150


class Opened(NamedTuple):
    user: User
    since: datetime


def tell(*, user: User, kind: str, pk: int) -> None:
    """The form is open still, or just now."""
    key = _key(user, kind, pk)
    if not cache.touch(key, LASTS):
        cache.set(key, timezone.now(), LASTS)


def of_others(*, user: User, kind: str, pk: int) -> list[Opened]:
    """In the order of their names."""
    keys = {_key(one, kind, pk): one for one in owners.managers() if one.pk != user.pk}
    found = cache.get_many(keys)
    return [Opened(one, found[key]) for key, one in keys.items() if key in found]


def _key(user: User, kind: str, pk: int) -> str:
    return f"open:{kind}:{pk}:{user.pk}"
