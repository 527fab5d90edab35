"""How sure an entry is, by rule from who says so, and by nothing else.

| there is | it is |
| --- | --- |
| nothing | none: no source yet |
| an account, or a second person alone | reported |
| an account and a second person | corroborated |
| a document, or somebody from outside alone | documented |
| somebody from outside and any other | verified |

A second person confirms what a first has said, so one alone is a first. Whoever checks
from outside needs something to check: alone, it is one more document. No source that is
added makes an entry less sure.
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from engagement.audit.registry import Text
from engagement.evidence.models import EvidenceOfUse, Source

Level = EvidenceOfUse.Confidence
Kind = Source.Kind
MEANINGS: dict[str, Text] = {
    Level.NONE: _("Nobody is on record who says so."),
    Level.REPORTED: _("One person says so, and nobody has confirmed it."),
    Level.CORROBORATED: _("Somebody says so, and a second person confirms it."),
    Level.DOCUMENTED: _("A document says so."),
    Level.VERIFIED: _("Somebody from outside has checked what others say."),
}


def level(kinds: Collection[str]) -> str:
    """Of the kinds of an entry's sources, in any order and as often as they come."""
    found = set(kinds)
    if Kind.OUTSIDE in found and len(found) > 1:
        return Level.VERIFIED
    if found & {Kind.OUTSIDE, Kind.DOCUMENT}:
        return Level.DOCUMENTED
    if found >= {Kind.ACCOUNT, Kind.SECOND}:
        return Level.CORROBORATED
    return Level.REPORTED if found else Level.NONE


def words(use: EvidenceOfUse) -> str:
    """As "Documented: A document says so.", in the reader's language."""
    return f"{use.get_confidence_display()}: {MEANINGS[use.confidence]}"
