"""How the sending accounts do, for people to see."""

from typing import NamedTuple

from django.utils import timezone

from engagement.mail.models import AccountState, Pace
from engagement.mail.services import accounts, pacing, providers
from engagement.mail.services.accounts import Account


class Slowed(NamedTuple):
    """One domain, "" for all of the account, and what its server said."""

    pace: Pace
    per_minute: float


class Standing(NamedTuple):
    account: Account
    # What the settings of its provider lack.
    problem: str
    # Where it has failed since it last worked.
    state: AccountState | None
    waits: bool
    # How many were given leave to go today; None where nobody has to ask for it.
    taken: int | None
    slowed: list[Slowed]

    @property
    def used_up(self) -> bool:
        return self.account.per_day is not None and self.taken == self.account.per_day


def of_all() -> list[Standing]:
    """In order of preference. Raises accounts.BadAccount."""
    now = timezone.now()
    states = AccountState.objects.filter(failures__gt=0).in_bulk(field_name="name")
    today = Pace.objects.filter(domain="", day=timezone.localdate(now))
    taken = dict(today.values_list("account", "taken"))
    return [
        _standing(account, states.get(account.name), taken.get(account.name))
        for account in accounts.configured()
    ]


def _standing(
    account: Account, state: AccountState | None, taken: int | None
) -> Standing:
    by_provider = account.url.startswith(providers.SCHEME)
    until = state.failing_until if state else None
    slowed = [Slowed(row, pace * 60) for row, pace in pacing.slowed(account)]
    return Standing(
        account=account,
        problem=providers.fault(account.url) if by_provider else "",
        state=state,
        waits=until is not None and until > timezone.now(),
        taken=(taken or 0) if account.limited or slowed else None,
        slowed=slowed,
    )
