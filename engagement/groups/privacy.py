from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, Subject, declare
from engagement.groups.models import (
    Decision,
    Group,
    Meeting,
    Membership,
    Paper,
    Seat,
)
from engagement.groups.services import memberships


def _theirs(subject: Subject) -> Q:
    return Q(person__in=subject.people)


def _leave(by: Any, subject: Subject) -> None:
    for membership in Membership.objects.filter(_theirs(subject), ended_on=None):
        memberships.end(by=by, membership=membership)


declare(
    Group,
    plain="id source is_synthetic study slug position kind name_en name_cy "
    "former_name_en former_name_cy remit_en remit_cy membership_en membership_cy",
)
declare(
    Seat,
    plain="id source is_synthetic group position label_en label_cy organisation sector "
    "filled_unnamed note_en note_cy",
)
declare(
    Membership,
    title=_("Groups you sat in"),
    about=_theirs,
    plain="id source is_synthetic seat started_on ended_on",
    personal={"person": CLEARED},
    settle=_leave,
)
declare(Meeting, plain="id group event")
declare(
    Paper,
    plain="id source is_synthetic meeting title_en title_cy file language uploaded_at",
)
declare(Decision, plain="id source is_synthetic meeting text_en text_cy recorded_at")
