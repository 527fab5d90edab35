"""The machines: which ones our mail leaves from, what they are called, and where what
comes back goes."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from engagement.mail.services import accounts
from engagement.mail.services.checks.finding import Finding
from engagement.mail.services.checks.lookup import Ask, addresses, reverse_name


def of_ours(ask: Ask) -> list[str]:
    """SENDING_ADDRESSES, or else the addresses of the mail servers, where the world can
    see them. Raises lookup.Unanswered."""
    if settings.SENDING_ADDRESSES:
        return list(settings.SENDING_ADDRESSES)
    hosts = [urlsplit(account.url).hostname or "" for account in accounts.configured()]
    found = [one for host in dict.fromkeys(hosts) for one in _of(ask, host)]
    return [one for one in found if ip_address(one).is_global]


def check_names(ask: Ask, machines: list[str]) -> Iterator[Finding]:
    """PTR, confirmed forwards. Raises lookup.Unanswered."""
    for machine in machines:
        names = ask(reverse_name(machine), "PTR")
        name = next((one for one in names if machine in _plain(ask, one)), "")
        told = {"name": name or ", ".join(names)}
        if name:
            yield Finding("ptr.confirmed", machine, told)
        else:
            yield Finding("ptr.other" if names else "ptr.none", machine, told)
    if not machines:
        yield Finding("ptr.no_machines", "")


def check_return(ask: Ask, domain: str) -> Iterator[Finding]:
    """MX of the envelope's domain, where bounces go. Raises lookup.Unanswered."""
    servers = [row.split()[-1] for row in ask(domain, "MX")]
    if "." in servers:
        yield Finding("mx.refuses", domain)
    elif not servers:
        code = "mx.address" if addresses(ask, domain) else "mx.none"
        yield Finding(code, domain)
    elif lost := [name for name in servers if not addresses(ask, name)]:
        yield Finding("mx.lost", domain, {"name": ", ".join(lost)})
    else:
        yield Finding("mx.found", domain, {"name": ", ".join(servers)})


def _of(ask: Ask, host: str) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        return addresses(ask, host) if "." in host else []


def _plain(ask: Ask, name: str) -> list[str]:
    return [str(ip_address(one)) for one in addresses(ask, name)]
