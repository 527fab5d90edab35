"""One real conversation with the mail server, for its encryption."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from engagement.mail.services import accounts, smtp
from engagement.mail.services.checks.finding import Finding

SOON = timedelta(days=14)


def check() -> Iterator[Finding]:
    """Of every sending account that is a mail server; a provider sees to its own."""
    for account in accounts.configured():
        if account.url.startswith("smtp"):
            yield from _of(account.url)


def _of(address: str) -> Iterator[Finding]:
    url = urlsplit(address)
    host = f"{url.hostname}:{url.port or 25}"
    try:
        with smtp.connect(address) as client:
            until = smtp.certificate_until(client)
    except smtp.Deferred as failure:
        bad = isinstance(failure.__cause__, ssl.SSLError)
        code = "tls.bad" if bad else "tls.no_server"
        yield Finding(code, host, {"reply": str(failure)})
        return
    if until is None:
        yield Finding("tls.none", host)
        return
    day = {"day": datetime.fromtimestamp(until, UTC).date().isoformat()}
    late = until - timezone.now().timestamp() < SOON.total_seconds()
    yield Finding("tls.soon" if late else "tls.valid", host, day)
    if url.scheme == "smtp":
        yield Finding("tls.unused", host)
