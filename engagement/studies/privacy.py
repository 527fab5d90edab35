from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, REPLACED, Subject, declare
from engagement.studies.models import (
    Enquiry,
    Milestone,
    Ownership,
    PolicyChange,
    Risk,
    Study,
    Target,
    Term,
)
from engagement.studies.services import ownerships


def _leave(by: Any, subject: Subject) -> None:
    theirs = Ownership.objects.filter(person__in=subject.people, ended_on=None)
    for row in theirs:
        ownerships.leave(by=by, ownership=row)


declare(
    Study,
    plain="id source is_synthetic slug position abbreviation_en abbreviation_cy "
    "title_en title_cy summary_en summary_cy owner lead_en lead_cy starts_on "
    "ends_on date_note_en date_note_cy",
)
declare(
    Milestone,
    plain="id source is_synthetic study position title_en title_cy due_on date_note_en "
    "date_note_cy status done_on",
)
declare(PolicyChange, plain="id source is_synthetic study on text_en text_cy")
declare(
    Target,
    plain="id source is_synthetic study position label_en label_cy sector function bodies",
)
declare(
    Ownership,
    title=_("Studies you stood for"),
    about=lambda subject: Q(person__in=subject.people),
    plain="id source is_synthetic study role post_en post_cy started_on ended_on",
    personal={"person": CLEARED},
    settle=_leave,
)
declare(
    Risk,
    plain="id source is_synthetic study kind role text_en text_cy owner raised_at "
    "closed_at outcome_en outcome_cy",
)
declare(
    Term,
    plain="id source is_synthetic study term_en term_cy abbreviation_en "
    "abbreviation_cy meaning_en meaning_cy",
)
declare(
    Enquiry,
    title=_("Questions you asked"),
    about=lambda subject: Q(person__in=subject.people),
    plain="id source is_synthetic study channel language asked_on owner answered_on "
    "created_at",
    personal={"person": CLEARED, "question": REPLACED, "answer": REPLACED},
)
