from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import spreadsheets
from engagement.core.bilingual import shown
from engagement.events.models import Answer, Event, Question, Registration


def registrations(
    *, by: User | None, event: Event, form: str = "csv", with_needs: bool = False
) -> bytes:
    """One line for each registration, cancelled ones too, in the reader's language, as
    "csv" or "xlsx"; the needs for those alone who may see them."""
    questions = list(event.questions.all())
    headings = [
        *(_("Reference"), _("Name"), _("E-mail address"), _("Organisation")),
        *(_("Sector"), _("Function"), _("Would like to use Welsh"), _("State")),
        *(_("Registered"), _("Cancelled"), _("Sessions")),
        *(shown(question, "label").text for question in questions),
        *([_("Access needs"), _("Dietary needs")] if with_needs else []),
        _("Came"),
    ]
    rows = event.registrations.select_related("attendance", "needs").prefetch_related(
        "session_places__session", "answers__options", "answers__question"
    )
    with transaction.atomic():
        content = spreadsheets.write(
            form, headings, (_cells(row, questions, with_needs) for row in rows)
        )
        entries.record(by=by, action="event.exported", target=event, form=form)
        if with_needs:
            entries.record(by=by, action="event.needs_seen", target=event)
    return content


def answer_text(answer: Answer) -> str:
    """In words; of a consent whether it was given."""
    if answer.question.kind == Question.Kind.CONSENT:
        return _("Yes") if answer.agreed else _("No")
    chosen = [shown(option, "label").text for option in answer.options.all()]
    return "; ".join(chosen) if chosen else answer.text


def _cells(one: Registration, questions: list[Question], with_needs: bool) -> list[str]:
    yes, no = _("Yes"), _("No")
    answers = {answer.question_id: answer_text(answer) for answer in one.answers.all()}
    needs = getattr(one, "needs", None)
    sessions = [shown(p.session, "title").text for p in one.session_places.all()]
    return [
        *(one.reference, one.name, one.email, one.organisation),
        *(one.get_sector_display(), one.get_function_display()),
        yes if one.wants_welsh else no,
        one.get_state_display(),
        *(_moment(one.created_at), _moment(one.cancelled_at)),
        "; ".join(sessions),
        *(answers.get(question.pk, "") for question in questions),
        *([needs.access, needs.dietary] if needs else ["", ""])[: 2 * with_needs],
        yes if hasattr(one, "attendance") else no,
    ]


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
