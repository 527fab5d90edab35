"""Whether SPF (RFC 7208) lets our machines send for the domain of the envelope."""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from engagement.mail.services.checks.finding import Finding
from engagement.mail.services.checks.lookup import Ask, addresses

MOST_LOOKUPS, MOST_VOID = 10, 2
# Whoever is let in from here is let in from everywhere.
NOWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound to it
TERM = re.compile(r"([+?~-]?)([a-z][a-z0-9_.-]*)(?:([:=])([^/]*))?((?:/.*)?)", re.I)
ASK_MORE = {"include", "a", "mx", "ptr", "exists", "redirect"}
KNOWN = ASK_MORE | {"all", "ip4", "ip6"}


class Broken(Exception):
    """The record means nothing to anybody; says which part of it."""


class Unclear(Exception):
    """It depends on who is written to, or who writes."""


class TooMany(Exception):
    """More questions than a server need ask."""


class Term(NamedTuple):
    qualifier: str
    name: str
    value: str
    prefix: str


class Lookups:
    """Counts what one evaluation asks, as a server does."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.number = self.void = 0

    def spend(self) -> None:
        self.number += 1
        if self.number > MOST_LOOKUPS:
            raise TooMany

    def found(self, answers: list[str]) -> list[str]:
        self.void += not answers
        if self.void > MOST_VOID:
            raise TooMany
        return answers

    def records(self, domain: str) -> list[str]:
        return [
            text
            for text in self._ask(domain, "TXT")
            if text.lower().split(" ")[0] == "v=spf1"
        ]

    def addresses(self, name: str) -> list[str]:
        return addresses(self._ask, name)

    def servers(self, domain: str) -> list[str]:
        return [row.split()[-1] for row in self._ask(domain, "MX")]


def check(ask: Ask, domain: str, machines: list[str]) -> Iterator[Finding]:
    """`domain` is the envelope's; `machines` the addresses that our mail leaves from.
    Raises lookup.Unanswered."""
    records = Lookups(ask).records(domain)
    if len(records) != 1:
        yield Finding("spf.several" if records else "spf.none", domain)
        return
    looked = Lookups(ask)
    try:
        if evaluate(looked, domain, NOWHERE) == "+":
            yield Finding("spf.everybody", domain)
        number = {"number": str(looked.number)}
        yield Finding("spf.record", domain, number)
        results = [(each, evaluate(Lookups(ask), domain, each)) for each in machines]
    except TooMany:
        yield Finding("spf.too_many", domain)
    except Unclear:
        yield Finding("spf.unclear", domain)
    except Broken as broken:
        yield Finding("spf.broken", domain, {"part": str(broken)})
    else:
        codes = {"+": "spf.lets", "?": "spf.silent"}
        for machine, result in results:
            code = codes.get(result, "spf.stops")
            yield Finding(code, domain, {"machine": machine})
        if not machines:
            yield Finding("spf.no_machines", domain)


def evaluate(looked: Lookups, domain: str, machine: str) -> str:
    """The qualifier of the part that fits: "+", "-", "~" or "?". Raises Broken, Unclear,
    TooMany."""
    records = looked.records(domain)
    if len(records) != 1:
        raise Broken(domain)
    terms = [_term(part) for part in records[0].split()[1:]]
    redirect = ""
    for term in terms:
        if term and term.name == "redirect":
            redirect = term.value
        elif term and _fits(looked, domain, term, machine):
            return term.qualifier
    if redirect and not any(term and term.name == "all" for term in terms):
        looked.spend()
        return evaluate(looked, redirect, machine)
    return "?"


def _term(part: str) -> Term | None:
    """None for what servers pass over. Raises Broken or Unclear."""
    found = TERM.fullmatch(part)
    if found is None:
        raise Broken(part)
    qualifier, name, joint, value, prefix = found.groups("")
    name = name.lower()
    if joint == "=" and name != "redirect":
        return None
    if name not in KNOWN:
        raise Broken(part)
    if "%" in value:
        raise Unclear
    if name in ("ip4", "ip6"):
        value, prefix = part.partition(":")[2], ""
    return Term(qualifier or "+", name, value, prefix)


def _fits(looked: Lookups, domain: str, term: Term, machine: str) -> bool:
    if term.name in ASK_MORE:
        looked.spend()
    name = term.value or domain
    match term.name:
        case "all":
            return True
        case "ip4" | "ip6":
            return _inside(machine, term.value)
        case "include":
            return evaluate(looked, name, machine) == "+"
        case "exists":
            return bool(looked.found(looked.addresses(name)))
        case "a":
            return _any(looked, [name], term.prefix, machine)
        case "mx":
            return _any(looked, looked.servers(name), term.prefix, machine)
    # "ptr" is slow and unreliable, and no server need follow it.
    return False


def _any(looked: Lookups, names: list[str], prefix: str, machine: str) -> bool:
    found = [one for name in names for one in looked.addresses(name)]
    four, _, six = prefix.partition("//")
    sizes = {4: four, 6: f"/{six}" if six else ""}
    return any(
        _inside(machine, f"{one}{sizes[ip_address(one).version]}")
        for one in looked.found(found)
    )


def _inside(machine: str, network: str) -> bool:
    try:
        return ip_address(machine) in ip_network(network, strict=False)
    except ValueError as error:
        raise Broken(network) from error
