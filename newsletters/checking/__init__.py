"""What stands in the way of an issue, or is worth a second look, before it goes out.

A check is a function of a loaded issue; each family has a file. Findings of the parity
gate have a code that begins with "parity.": a second person may let them pass, with a
reason (newsletters.services.overrides). Nobody can let any other block pass.
"""

from collections.abc import Callable, Iterator

from newsletters.checking import (
    abbreviations,
    colours,
    difference,
    duplicates,
    elsewhere,
    headings,
    jargon,
    link_texts,
    links,
    message,
    missing,
    picked,
    pictures,
    reading,
    small,
)
from newsletters.checking.findings import BLOCK, HINT, WARN, Finding, Place
from newsletters.checking.loading import Loaded, load
from newsletters.models import Issue, Override
from newsletters.services import content
from newsletters.services.rendering import Rendered

__all__ = [
    "CHECKS",
    "Finding",
    "Place",
    "blocking",
    "examine",
    "override_of",
    "run",
    "still_blocking",
]

CHECKS: list[Callable[[Loaded], Iterator[Finding]]] = [
    missing.check,
    difference.check,
    pictures.check,
    links.check,
    elsewhere.check,
    picked.check,
    link_texts.check,
    headings.check,
    colours.check,
    message.check,
    abbreviations.check,
    jargon.check,
    reading.check,
    small.check,
    duplicates.check,
]
ORDER = {BLOCK: 0, WARN: 1, HINT: 2}


def run(issue: Issue, rendered: Rendered | None = None) -> list[Finding]:
    """Every finding, in the reader's language: what blocks first."""
    return examine(load(issue, rendered))


def examine(loaded: Loaded) -> list[Finding]:
    """As `run`, of what has been loaded already. The same finding comes once."""
    found = dict.fromkeys(finding for check in CHECKS for finding in check(loaded))
    return sorted(found, key=lambda finding: ORDER[finding.level])


def blocking(issue: Issue, rendered: Rendered | None = None) -> list[Finding]:
    """What still blocks, less what a second person let pass for exactly these words."""
    return still_blocking(run(issue, rendered), override_of(issue))


def still_blocking(found: list[Finding], override: Override | None) -> list[Finding]:
    passed = {tuple(one["key"]) for one in override.findings} if override else set()
    return [
        finding
        for finding in found
        if finding.level == BLOCK and not (finding.is_parity and finding.key in passed)
    ]


def override_of(issue: Issue) -> Override | None:
    """The one that is for the words as they are now."""
    last = issue.overrides.select_related("by").first()
    if last is None or last.digest != content.digest(issue):
        return None
    return last
