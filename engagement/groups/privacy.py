from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, Subject, declare
from engagement.groups.models import (
    Action,
    AgendaItem,
    Decision,
    DeclaredInterest,
    Group,
    Meeting,
    Membership,
    MinutesNote,
    Notice,
    Pack,
    Paper,
    PaperRead,
    Review,
    Seat,
)
from engagement.groups.services import memberships


def _theirs(subject: Subject) -> Q:
    return Q(person__in=subject.people)


def _leave(by: Any, subject: Subject) -> None:
    theirs = Membership.objects.filter(_theirs(subject))
    for membership in theirs.lasting(timezone.localdate()):
        memberships.leave(by=by, membership=membership)


declare(
    Group,
    plain="id source is_synthetic study parent tier slug position kind name_en name_cy "
    "former_name_en former_name_cy remit_en remit_cy code terms_of_reference review_on "
    "secretary quorum papers_days membership_en membership_cy",
)
declare(
    Seat,
    plain="id source is_synthetic group position label_en label_cy organisation sector "
    "function skill_en skill_cy need opened_on closed_on filled_unnamed note_en note_cy",
)
declare(
    Membership,
    title=_("Groups you sat in"),
    about=_theirs,
    plain="id source is_synthetic seat role nomination started_on ended_on entered_on "
    "end_entered_on",
    personal={"person": CLEARED, "nomination_note": CLEARED},
    settle=_leave,
)
declare(
    DeclaredInterest,
    title=_("Interests you declared"),
    about=lambda subject: Q(membership__person__in=subject.people),
    plain="id membership declared_on ended_on",
    personal={"text": CLEARED},
)
declare(
    Notice,
    plain="id group kind about raised_at sent_at settled_at settled_by what_was_done "
    "ceased_at",
)
declare(
    Meeting,
    plain="id group event circulated_at minutes approved_at approved_in minutes_public",
)
declare(
    AgendaItem,
    plain="id meeting position title_en title_cy purpose duration owner minutes_en "
    "minutes_cy carries redacted version",
)
declare(
    Paper,
    plain="id source is_synthetic meeting item purpose title_en title_cy file language "
    "uploaded_at",
)
declare(
    PaperRead,
    title=_("Papers you opened"),
    about=lambda subject: Q(user__in=subject.users),
    plain="id paper user at",
    delete=True,
)
declare(MinutesNote, plain="id meeting item text_en text_cy at by")
declare(
    Pack,
    plain="id meeting language state done of reason file pages sha256 made_of holds "
    "asked_at claimed_at attempts made_at",
)
declare(
    Decision,
    plain="id source is_synthetic group meeting item year number text_en text_cy "
    "redacted replaced_by recorded_at",
)
declare(
    Action,
    plain="id source is_synthetic group meeting item text_en text_cy owner due_on state "
    "outcome_en outcome_cy settled_at reminded_at created_at",
)
declare(
    Review,
    plain="id study due_on reminded_at meeting checklist made_at note_en note_cy "
    "done_at done_by",
)
