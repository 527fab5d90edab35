"""Whose fault a refusal is: from its status code (RFC 3463) and the server's words.

Servers use the codes loosely, so that a word that leaves no doubt comes before the code;
where both leave doubt the mildest class is taken, which asks for three issues before an
address is given up.
"""

import re

from engagement.mail.models import Inbound

Kind = Inbound.Kind
# Not a part of a longer number or of an address of the network.
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
REPLY = re.compile(r"(?<![\d.])([45])\d\d(?=[\s#:-])(?!\s*(?:bytes|kb|mb)\b)", re.I)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


BLOCKED = _words(
    r"\bspam\b|spamhaus|spamcop|barracuda|sorbs|\bunsolicited|\bjunk mail",
    r"black ?-?list|block ?-?list|deny ?list|\bdns[bw]l\b|\brbl\b|blocked (?:using|by)",
    r"\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|not authenticated",
    r"reputation|\bbanned\b|reverse dns|\bptr\b|rate ?limit|too many (?:messages|mails)",
    r"\bcontent (?:was )?(?:rejected|blocked)|message (?:was )?blocked|prohibited",
    r"(?:sender|client host|ip|address) (?:is )?(?:blocked|denied|not allowed)",
    r"(?:security|local|administrative|mail) polic|policy (?:reasons|violation|reject)",
    r"user complaints|\bvirus\b|\bphish",
)
FULL = _words(
    r"mailbox (?:is |'s )?(?:\w+ )?full|over ?-?quota|quota (?:is )?exceed|exceed\w* .{0,20}quota",
    r"(?:insufficient|out of) (?:system |disk )?(?:storage|space)|exceeded storage",
    r"inbox is full|blwch .{0,20}llawn",
)
GONE = _words(
    r"(?:user|recipient|mailbox|address|account) (?:is )?(?:unknown|not (?:found|known|listed|exist))",
    r"(?:unknown|invalid|no such|bad|nonexistent|non-existent) (?:\w+ )?"
    r"(?:user|recipient|mailbox|address|account|person|destination)",
    r"(?:does not|doesn'?t|do not|did not) (?:exist|have an? .{0,30}account)",
    r"no mailbox|mailbox unavailable|not a (?:valid|known) (?:user|mailbox|recipient)",
    r"not our customer|user not found|couldn'?t be found|could not be found",
    r"(?:account|mailbox|user|address)\b.{0,40}\b(?:disabled|inactive|suspended|closed|deactivated|expired)",
    r"no longer (?:\w+ ){0,2}(?:valid|active|exists?|works?|in use|with|available|employed)",
    r"unrouteable address|host (?:or domain name )?not found|unknown host|no such domain",
    r"domain .{0,60}(?:does not exist|not found)|\bnxdomain\b|null ?mx|recipientnotfound",
    r"recipient address rejected: access denied|not listed in .{0,40}directory",
)
LATER = _words(
    r"temporar|try again|timed? ?out|greylist|deferred|connection refused",
    r"too (?:large|big)|exceeds? .{0,30}size|time expired|could not be delivered for",
    r"retry|loop|hop count",
)
# RFC 3463, and RFC 7505 (5.1.10), 7293 (5.7.17, 5.7.18), 5248's registry (5.7.13).
# 5.2.1 "exists, but is not accepting messages": with 5 first, for good (3463, 3.3).
# 5.4.4 "unable to route": the domain has no way in.
NO_ADDRESS = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.9", "1.10", "2.1", "4.4"}
NO_ADDRESS |= {"7.13", "7.17", "7.18", "4.310"}
# The sender's address is bad, or all of policy and security.
OUR_FAULT = {"1.7", "1.8"}


def kind_of(status: str, words: str) -> str:
    """The kind of a refusal; `status` is "5.1.1", or ""."""
    klass, _dot, detail = status.partition(".")
    gone = GONE.search(words)
    if BLOCKED.search(words) and not (gone and detail.startswith("1.")):
        return Kind.BLOCK
    if klass == "4" or FULL.search(words):
        return Kind.SOFT
    if detail in OUR_FAULT:
        return Kind.BLOCK
    if detail in NO_ADDRESS or gone:
        return Kind.HARD
    return Kind.BLOCK if detail.startswith("7.") else Kind.SOFT


def status_in(text: str) -> str:
    """The first enhanced status code of a failure in `text`; "5.0.0" or "4.0.0" for a
    mere SMTP reply; else ""."""
    for match in STATUS.finditer(text):
        if match[1] != "2":
            return ".".join(str(int(part)) for part in match.groups())
    reply = REPLY.search(text)
    return f"{reply[1]}.0.0" if reply else ""


def speaks_of_failure(text: str) -> bool:
    """Whether a line is what a server said when it refused."""
    searched = (BLOCKED, FULL, GONE, LATER)
    return bool(status_in(text)) or any(one.search(text) for one in searched)
