"""Asks an address on another site whether it is there.

An address is typed by people, so it may lead anywhere. It is resolved first, and only a
public machine is spoken to: the very one that was resolved, so that a name which answers
otherwise the second time gains nothing (SSRF, DNS rebinding). Each redirect is an address
like the first. No body is read, nothing is kept but the status.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPException
from threading import Timer
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import certifi
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from newsletters.models import LinkCheck

Reason = LinkCheck.Reason
# Seconds: for a connection or a part of the answer, and for all of the answer.
PATIENCE, LONGEST = 5, 10
MOST_REDIRECTS = 5
MOVED = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
# What can stand in an address as it is.
SAFE = "/%:@!$&'()*+,;=~?"
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
# Asked where a name is not known, to tell a wrong name from a machine with no network.
KNOWN_NAME = "www.gov.wales"
# Addresses that hold an IPv4 address which a gateway would speak to.
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], str]


class Answer(NamedTuple):
    status: int | None
    reason: LinkCheck.Reason


class NoHost(Exception):
    """Nothing has this name."""


class Inside(Exception):
    """It is not on the public network."""


def look(address: str, *, resolve: Resolve | None = None) -> Answer:
    """What `address` answers, after redirects; never raises for what is out there.

    `resolve` gives the IP address of a name and a port; tests bring their own.
    """
    status = None
    try:
        for _step in range(MOST_REDIRECTS + 1):
            status, onward = _ask(address, resolve or public_address)
            if onward is None:
                return Answer(status, _reason(status))
            address = urljoin(address, onward)
        return Answer(status, Reason.LOOP)
    except NoHost:
        return Answer(None, Reason.NO_HOST)
    except Inside:
        return Answer(None, Reason.INSIDE)
    except ssl.SSLError:
        return Answer(None, Reason.INSECURE)
    except (OSError, HTTPError, HTTPException, ValueError):
        return Answer(None, Reason.SILENT)


def public_address(
    host: str, port: int, *, ask: Callable[..., Any] = socket.getaddrinfo
) -> str:
    """The IP address of `host`. Raises NoHost, Inside where any of its addresses is not
    public, and OSError where names cannot be looked up at present."""
    try:
        found = ask(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in NO_SUCH_NAME and _names_work(ask):
            raise NoHost(host) from error
        raise
    numbers = [str(one[4][0]) for one in found]
    if not all(map(is_public, numbers)):
        raise Inside(host)
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether an IP address is one of the internet's, and of one machine."""
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        held = ip.ipv4_mapped or ip.sixtofour
        if ip in NAT64:
            held = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = held or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _names_work(ask: Callable[..., Any]) -> bool:
    try:
        return bool(ask(KNOWN_NAME, 443, type=socket.SOCK_STREAM))
    except OSError:
        return False


def _ask(address: str, resolve: Resolve) -> tuple[int, str | None]:
    """The status, and where it leads on. Some sites answer no HEAD, or answer it wrongly."""
    status, onward = _request("HEAD", address, resolve)
    if status >= 400:
        status, onward = _request("GET", address, resolve)
    return status, onward if status in MOVED else None


def _request(method: str, address: str, resolve: Resolve) -> tuple[int, str | None]:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise ValueError(address)
    host = parts.hostname.rstrip(".").encode("idna").decode("ascii")
    port = parts.port or PORTS[parts.scheme]
    connection = _connection(parts.scheme, host, resolve(host, port), port)
    with closing(connection):
        connection.connect()
        timer = Timer(LONGEST, _cut, [connection])
        timer.start()
        try:
            connection.request(method, _target(parts), headers=_headers(host, parts))
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location")
        finally:
            timer.cancel()


def _connection(scheme: str, host: str, number: str, port: int) -> HTTPConnection:
    """To the machine with this number, whose certificate must be for `host`."""
    if scheme == "http":
        return HTTPConnection(number, port, timeout=PATIENCE)
    return HTTPSConnection(
        number,
        port,
        timeout=PATIENCE,
        server_hostname=host,
        cert_reqs=ssl.CERT_REQUIRED,
        ca_certs=certifi.where(),
    )


def _cut(connection: HTTPConnection) -> None:
    """Ends an answer that comes letter by letter."""
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _headers(host: str, parts: SplitResult) -> dict[str, str]:
    name = f"[{host}]" if ":" in host else host
    return {
        "Host": name if parts.port is None else f"{name}:{parts.port}",
        "User-Agent": f"Dolen link check (+{settings.SITE_URL})",
        "Accept": "*/*",
    }


def _target(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe=SAFE)


def _reason(status: int) -> LinkCheck.Reason:
    if status in {404, 410}:
        return Reason.GONE
    if status >= 500:
        return Reason.FAULT
    return Reason.REFUSED if status >= 400 else Reason.FINE
