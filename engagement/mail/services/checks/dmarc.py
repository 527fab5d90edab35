"""What receivers are told to do with mail that is not ours (DMARC, RFC 7489).

Which domain an organisation has is found as the newer draft of DMARC does it, by asking
upwards for the shortest name that has a record: that needs no list of all suffixes.
"""

from collections.abc import Iterator

from engagement.mail.services.checks.dkim import tags
from engagement.mail.services.checks.finding import Finding
from engagement.mail.services.checks.lookup import Ask

POLICIES = {"none": "dmarc.watches", "quarantine": "dmarc.acts", "reject": "dmarc.acts"}


def check(ask: Ask, domain: str, envelope: str) -> Iterator[Finding]:
    """`domain` is that of From, `envelope` that of the envelope. Raises
    lookup.Unanswered."""
    found = _records(ask, domain)
    if not found:
        yield Finding("dmarc.none", domain)
        return
    (place, records), (organisation, _) = found[0], found[-1]
    if len(records) > 1:
        yield Finding("dmarc.several", domain, {"place": place})
        return
    known = tags(records[0])
    own = known.get("p", "")
    policy = own if place == domain else known.get("sp", own)
    told = {"place": place, "policy": policy}
    yield Finding(POLICIES.get(policy.lower(), "dmarc.broken"), domain, told)
    strict = known.get("aspf", "r").lower() == "s"
    near = domain == envelope or (not strict and _within(envelope, organisation))
    code = "dmarc.aligned" if near else "dmarc.apart"
    yield Finding(code, domain, {"envelope": envelope})


def _records(ask: Ask, domain: str) -> list[tuple[str, list[str]]]:
    """Of the domain and of what stands above it, where there are any."""
    labels = domain.split(".")
    names = [".".join(labels[at:]) for at in range(max(1, len(labels) - 1))]
    found = [(name, _of(ask, name)) for name in names]
    return [(name, records) for name, records in found if records]


def _of(ask: Ask, name: str) -> list[str]:
    texts = ask(f"_dmarc.{name}", "TXT")
    return [text for text in texts if tags(text).get("v", "").upper() == "DMARC1"]


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")
