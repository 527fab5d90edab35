"""Who asked: versioned rules, so that history can be classified again.

COUNTER 5.1 leaves robots out; what prefetches or scans is not a reader either. A hit is
kept whatever its class, and the first rule that fits gives it.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from engagement.metrics.models import Hit

VERSION = 1
Class = Hit.Class


class Facts(NamedTuple):
    """What a rule may look at."""

    user_agent: str
    prefetch: bool
    signed_in: bool


class Rule(NamedTuple):
    name: str
    hit_class: str
    fits: Callable[[Facts], bool]


@cache
def _robots() -> re.Pattern[str]:
    """The package's patterns as one, so that a request is matched once."""
    return re.compile("|".join(entry["pattern"] for entry in CRAWLER_USER_AGENTS_DATA))


# Image proxies of mail providers: a person may be behind them, or nobody. Apple's
# names nothing but "Mozilla/5.0".
PROXIES = re.compile(r"GoogleImageProxy|YahooMailProxy|^Mozilla/5\.0$")

RULES = [
    Rule("no user agent", Class.MACHINE, lambda facts: not facts.user_agent),
    Rule(
        "mail proxy", Class.PROXY, lambda facts: bool(PROXIES.search(facts.user_agent))
    ),
    Rule(
        "known robot",
        Class.MACHINE,
        lambda facts: bool(_robots().search(facts.user_agent)),
    ),
    Rule("prefetch", Class.SUSPECT, lambda facts: facts.prefetch),
    # Whoever signs in belongs to the team or its groups, and may be checking a page.
    Rule("signed in", Class.SUSPECT, lambda facts: facts.signed_in),
]


def classify(facts: Facts) -> tuple[str, str]:
    """The class, and the name of the rule that gave it."""
    for rule in RULES:
        if rule.fits(facts):
            return rule.hit_class, rule.name
    return Class.PERSON, "none of the others"


def is_prefetch(headers: Mapping[str, str]) -> bool:
    """Browsers say so when they load a page before anybody asked (Fetch standard)."""
    purpose = headers.get("Sec-Purpose", "") + headers.get("Purpose", "")
    return "prefetch" in purpose
