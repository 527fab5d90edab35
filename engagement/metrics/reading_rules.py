"""Who asked: versioned rules, so that history can be classified again.

COUNTER 5.1 leaves robots out; what prefetches or scans is not a reader either. A hit is
kept whatever its class, and the first rule that fits gives it. How long after a mail it
came is no proof of anything, and no rule asks. `neighbours` looks at many hits at once.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from engagement.metrics import robots
from engagement.metrics.models import Hit

VERSION = 2
Class = Hit.Class
# What a hit keeps of the facts beside its agent.
FLAGS = ("prefetch", "scripted", "signed_in")


class Facts(NamedTuple):
    """What a rule may look at."""

    agent: str
    prefetch: bool = False
    scripted: bool = False
    signed_in: bool = False

    def flags(self) -> dict[str, bool]:
        return {flag: getattr(self, flag) for flag in FLAGS}


class Rule(NamedTuple):
    name: str
    hit_class: str
    fits: Callable[[Facts], bool]


# Image proxies of mail providers: a person may be behind them, or nobody. Apple's Mail
# Privacy Protection names nothing but "Mozilla/5.0".
PROXIES = re.compile(
    r"GoogleImageProxy|YahooMailProxy|YahooCacheSystem|Slack-ImgProxy|ProtonMail ?Proxy|"
    r"FastmailProxy|SeznamEmailProxy|Outlook-?ImageProxy|DuckDuckGo Email|"
    r"HEY ImageProxy|^Mozilla/5\.0$",
    re.IGNORECASE,
)
# They cannot speak the TLS of today, and are what scanners like to call themselves.
LONG_AGO = re.compile(
    r"MSIE (?:[2-9]|10)\.|Windows (?:9\d|CE|NT [3-5]\.)|Win98|"
    r"\bChrome/(?:\d|[1-4]\d)\.|\bFirefox/(?:\d|[1-3]\d|4[0-4])\.|"
    r"Opera/9\.[0-7]|Android [1-4]\.|iPhone OS [1-8]_|Version/[1-8]\.[\d.]+ Safari"
)
# What every browser says since the nineties, and the few others that people use.
BROWSERS = re.compile(
    r"^Mozilla/\d|^Opera/|^Dalvik/|Microsoft (?:Office|Outlook)/|Firefox"
)


def _is_program(agent: str) -> bool:
    return bool(BROWSERS.search(agent) or robots.OF_ONE_PERSON.search(agent))


@lru_cache(maxsize=50_000)
def _robot(agent: str) -> str:
    return "" if robots.OF_ONE_PERSON.search(agent) else robots.rule(agent)


def _robots_of(name: str) -> Callable[[Facts], bool]:
    return lambda facts: _robot(facts.agent) == name


RULES = [
    Rule("no user agent", Class.MACHINE, lambda facts: facts.agent in {"", "-"}),
    Rule("mail proxy", Class.PROXY, lambda facts: bool(PROXIES.search(facts.agent))),
    *(
        Rule(name, Class.MACHINE, _robots_of(name))
        for name in (*robots.SUPPLEMENT, "known robot")
    ),
    Rule(
        "browser of long ago",
        Class.MACHINE,
        lambda facts: bool(LONG_AGO.search(facts.agent)),
    ),
    Rule("prefetch", Class.SUSPECT, lambda facts: facts.prefetch),
    # A page was fetched, and not gone to: a script looks ahead, or shows a part.
    Rule("by a script", Class.SUSPECT, lambda facts: facts.scripted),
    Rule("no browser", Class.SUSPECT, lambda facts: not _is_program(facts.agent)),
    # Whoever signs in belongs to the team or its groups, and may be checking a page.
    Rule("signed in", Class.SUSPECT, lambda facts: facts.signed_in),
]


@lru_cache(maxsize=50_000)
def classify(facts: Facts) -> tuple[str, str]:
    """The class, and the name of the rule that gave it. The same agents come again and
    again, and the lists of robots are long."""
    for rule in RULES:
        if rule.fits(facts):
            return str(rule.hit_class), rule.name
    return str(Class.PERSON), "none of the others"


def with_neighbours(alone: tuple[str, str], rule: str) -> tuple[str, str]:
    """What a hit is by itself, unless a rule of `neighbours` shows a machine."""
    if rule and alone[0] != Class.MACHINE:
        return str(Class.MACHINE), rule
    return alone


def is_prefetch(headers: Mapping[str, str]) -> bool:
    """Browsers say so when they load a page before anybody asked (Fetch standard), under
    one of four names that came one after the other."""
    names = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    said = " ".join(headers.get(name, "") for name in names).lower()
    return any(word in said for word in ("prefetch", "prerender", "preview"))


def is_scripted(headers: Mapping[str, str]) -> bool:
    """The browser says that nobody went there: it was fetched for another page (Fetch
    Metadata). Programs that say nothing may be anything."""
    mode, dest = (headers.get(f"Sec-Fetch-{n}", "").lower() for n in ("Mode", "Dest"))
    return mode not in {"", "navigate"} or dest not in {"", "document"}
