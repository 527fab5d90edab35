from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from engagement.mail.services import providers, smtp
from engagement.mail.services.accounts import Account
from engagement.mail.services.conversation import Conversation
from engagement.mail.services.outgoing import Outcome, Outgoing


class Session(Protocol):
    """`trusted` is False once it has to be closed."""

    trusted: bool

    def exchange(self, mails: Sequence[Outgoing]) -> Iterator[Outcome]: ...


@contextmanager
def open_session(account: Account) -> Iterator[Session]:
    """Raises smtp.Deferred where there is no server, or no such provider."""
    if account.url.startswith(providers.SCHEME):
        with providers.connect(account.url) as api:
            yield api
    else:
        with smtp.connect(account.url) as client:
            yield Conversation(client)
