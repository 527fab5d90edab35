"""Questions to the domain name system."""

from collections.abc import Callable
from functools import cache

from dns import exception, resolver, reversename

# (name, type) to answers as text, none where there is nothing of that type. Raises
# Unanswered.
Ask = Callable[[str, str], list[str]]
SECONDS, IMPATIENT = 4.0, 0.5


class Unanswered(Exception):
    """No server said yes or no."""


def asking(server: str = "", port: int = 53) -> Ask:
    """A function that asks `server`, or else those of this machine, each thing once. A
    server that has kept it waiting once is not waited for as long again."""
    patience = SECONDS

    @cache
    def answers(name: str, kind: str) -> tuple[str, ...]:
        nonlocal patience
        try:
            asked = _resolver(server, port)
            found = asked.resolve(name, kind, lifetime=patience, search=False)
        except (resolver.NXDOMAIN, resolver.NoAnswer):
            return ()
        except exception.DNSException as error:
            if isinstance(error, resolver.LifetimeTimeout):
                patience = IMPATIENT
            raise Unanswered(name) from error
        return tuple(_text(row, kind) for row in found)

    def ask(name: str, kind: str) -> list[str]:
        return list(answers(name, kind))

    return ask


def reverse_name(address: str) -> str:
    return str(reversename.from_address(address))


def addresses(ask: Ask, name: str) -> list[str]:
    return [*ask(name, "A"), *ask(name, "AAAA")]


def _resolver(server: str, port: int) -> resolver.Resolver:
    """Raises DNSException on a machine that names no servers."""
    found = resolver.Resolver(configure=not server)
    if server:
        found.nameservers, found.port = [server], port
    return found


def _text(row: object, kind: str) -> str:
    if kind == "TXT":
        # A text longer than 255 bytes comes in parts.
        return b"".join(row.strings).decode("utf-8", "replace")  # type: ignore[attr-defined]
    # The root, as in an MX that refuses all, keeps its dot.
    text = str(row)
    return text if text.endswith(" .") else text.rstrip(".")
