from engagement.groups.models.groups import (
    DeclaredInterest,
    Group,
    GroupQuerySet,
    Membership,
    Notice,
    Seat,
)
from engagement.groups.models.meetings import (
    AgendaItem,
    Meeting,
    MinutesNote,
    Pack,
    Paper,
    PaperRead,
    Purpose,
)
from engagement.groups.models.outcomes import Action, Decision, Review

__all__ = [
    "Action",
    "AgendaItem",
    "Decision",
    "DeclaredInterest",
    "Group",
    "GroupQuerySet",
    "Meeting",
    "Membership",
    "MinutesNote",
    "Notice",
    "Pack",
    "Paper",
    "PaperRead",
    "Purpose",
    "Review",
    "Seat",
]
