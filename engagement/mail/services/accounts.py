"""The accounts that mail is sent by, in order of preference, and which can be used now.

They stand in MAIL_ACCOUNTS, a word each, so that no password is ever in the database:

    main=smtp+tls://user:password@host:587?per_second=50&per_day=10000
    spare=anymail+mailgun://?per_domain_second=5
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagement.mail.models import AccountState, Pace
from engagement.mail.services import providers

# After the first failure, the second, and every one after that.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30)]
SCHEMES = ("smtp", "smtp+tls", "smtp+ssl")
# One a minute; `pacing` looks no further ahead.
LEAST = {"per_second": 1 / 60, "per_domain_second": 1 / 60, "per_day": 1}


class BadAccount(ValueError):
    """Says which account, and what of it cannot be read; never its password."""


@dataclass(frozen=True)
class Account:
    """Limits are messages; None is as many as the server takes."""

    name: str
    # It may hold a password.
    url: str = field(repr=False)
    per_second: float | None = None
    per_domain_second: float | None = None
    per_day: int | None = None

    @property
    def limited(self) -> bool:
        limits = (self.per_second, self.per_domain_second, self.per_day)
        return any(limit is not None for limit in limits)

    @property
    def shown(self) -> str:
        """The server or the provider, without user and password."""
        url = urlsplit(self.url)
        return f"{url.scheme}://{url.hostname or ''}" + (
            f":{url.port}" if url.port else ""
        )


def configured() -> list[Account]:
    """Raises BadAccount."""
    return _read(settings.MAIL_ACCOUNTS or f"main={settings.SMTP_URL}")


def usable() -> list[Account]:
    """In order of preference, without those set aside and those that have sent all they
    may today. Where all are set aside, the one that is due soonest: waiting longer for
    it than for its answer helps nobody."""
    now = timezone.now()
    found = [account for account in configured() if not _used_up(account, now)]
    until = _set_aside(now)
    if free := [account for account in found if account.name not in until]:
        return free
    return sorted(found, key=lambda account: until[account.name])[:1]


def set_aside(*, account: Account, reason: str) -> None:
    """It did not answer: for a minute, then five, then thirty, until it works again."""
    with transaction.atomic():
        rows = AccountState.objects.select_for_update()
        state, _new = rows.get_or_create(name=account.name)
        pause = PAUSES[min(state.failures, len(PAUSES) - 1)]
        now = timezone.now()
        state.failing_since = state.failing_since or now
        state.failing_until = now + pause
        state.failures += 1
        state.reason = reason[:500]
        state.save()


def works(*, account: Account) -> None:
    rows = AccountState.objects.filter(name=account.name, failures__gt=0)
    rows.update(failures=0, failing_since=None, failing_until=None, reason="")


def _set_aside(now: datetime) -> dict[str, datetime]:
    rows = AccountState.objects.filter(failing_until__gt=now)
    return {row.name: row.failing_until for row in rows if row.failing_until}


def _used_up(account: Account, now: datetime) -> bool:
    if account.per_day is None:
        return False
    rows = Pace.objects.filter(account=account.name, domain="")
    today = rows.filter(day=timezone.localdate(now), taken__gte=account.per_day)
    return today.exists()


@cache
def _read(words: str) -> list[Account]:
    found = [_account(*word.partition("=")[::2]) for word in words.split()]
    names = [account.name for account in found]
    if twice := [name for name in names if names.count(name) > 1]:
        raise BadAccount(f"{twice[0]}: there are two of this name")
    return found


def _account(name: str, url: str) -> Account:
    parts = urlsplit(url)
    known = parts.scheme in SCHEMES or parts.scheme.startswith(providers.SCHEME)
    if not (name.isidentifier() and known and len(name) <= 40):
        raise BadAccount(f"{name or '?'}: write NAME=smtp+tls://… or anymail+…://")
    if not _readable(parts):
        raise BadAccount(f"{name}: host and port cannot be read")
    limits = {
        limit: _limit(name, limit, text)
        for limit, text in parse_qsl(parts.query, keep_blank_values=True)
    }
    return Account(name, parts._replace(query="").geturl(), **limits)  # type: ignore[arg-type]


def _readable(url: SplitResult) -> bool:
    """A password with "?", "/" or "#" in it, not encoded, ends where it should not: the
    rest of it must not be told as the name of a limit."""
    try:
        _port = url.port
    except ValueError:
        return False
    return "@" not in url.path + url.query + url.fragment


def _limit(name: str, limit: str, text: str) -> float:
    if limit not in LEAST:
        raise BadAccount(f"{name}: there is no {limit}")
    try:
        number = int(text) if limit == "per_day" else float(text)
    except ValueError:
        number = 0
    if not LEAST[limit] <= number < 1e9:
        least = f"{LEAST[limit]:.2g}"
        raise BadAccount(f"{name}: {limit} is not a number from {least} upwards")
    return number
