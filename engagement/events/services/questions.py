"""What an event asks of those who register. What was answered stays as it was asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.events.models import Event, Option, Question
from engagement.events.services import places

Options = Sequence[tuple[str, str]]


class AlreadyAnswered(Refused):
    """Somebody has answered it: it can be closed, and no longer be changed or removed."""


def add(
    *, by: User | None, event: Event, fields: Mapping[str, Any], options: Options
) -> Question:
    """At the end. `options` are pairs, in English and in Welsh."""
    with transaction.atomic():
        event = places.lock(event)
        last = event.questions.last()
        position = last.position + 1 if last else 1
        question = Question.objects.create(event=event, position=position, **fields)
        _set_options(question, options)
        entries.record(by=by, action="event.question_saved", target=event)
    return question


def change(
    *, by: User | None, question: Question, fields: Mapping[str, Any], options: Options
) -> None:
    """Raises AlreadyAnswered."""
    with transaction.atomic():
        event = places.lock(question.event)
        _check_unanswered(question)
        for name, value in fields.items():
            setattr(question, name, value)
        question.save(update_fields=[*fields])
        _set_options(question, options)
        entries.record(by=by, action="event.question_saved", target=event)


def remove(*, by: User | None, question: Question) -> None:
    """Raises AlreadyAnswered."""
    with transaction.atomic():
        event = places.lock(question.event)
        _check_unanswered(question)
        question.delete()
        entries.record(by=by, action="event.question_removed", target=event)


def close(*, by: User | None, question: Question, closed: bool) -> None:
    """Whether it is asked no longer."""
    with transaction.atomic():
        event = places.lock(question.event)
        question.closed_at = timezone.now() if closed else None
        question.save(update_fields=["closed_at"])
        entries.record(by=by, action="event.question_saved", target=event)


def move(*, by: User | None, question: Question, up: bool) -> None:
    """Before the one above it, or after the one below; nothing at either end."""
    with transaction.atomic():
        event = places.lock(question.event)
        rows = list(event.questions.all())
        place = [row.pk for row in rows].index(question.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows, start=1):
            row.position = position
        Question.objects.bulk_update(rows, ["position"])
        entries.record(by=by, action="event.question_saved", target=event)


def _check_unanswered(question: Question) -> None:
    if question.answers.exists():
        raise AlreadyAnswered(
            _("Somebody has answered this question. You can close it instead.")
        )


def _set_options(question: Question, options: Options) -> None:
    question.options.all().delete()
    Option.objects.bulk_create(
        Option(question=question, position=place, label_en=en, label_cy=cy)
        for place, (en, cy) in enumerate(options, start=1)
    )
