from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, REPLACED, declare
from engagement.studies.models import Enquiry, Milestone, Study, Term

declare(
    Study,
    plain="id source is_synthetic slug position abbreviation_en abbreviation_cy "
    "title_en title_cy summary_en summary_cy owner lead_en lead_cy starts_on "
    "date_note_en date_note_cy",
)
declare(
    Milestone,
    plain="id source is_synthetic study position title_en title_cy due_on date_note_en "
    "date_note_cy status",
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
