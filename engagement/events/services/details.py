"""What belongs to a registration: sessions, answers, needs. Parts of what the verbs in
`registrations` do, in their transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.events.models import (
    HOLDING,
    Answer,
    Event,
    Needs,
    Question,
    Registration,
    Session,
    SessionPlace,
)

Kind = Question.Kind


class SessionFull(Refused):
    """Every place of a session is taken."""


class SessionsClash(Refused):
    """Two sessions at the same time."""


@dataclass(frozen=True)
class Details:
    """What is None stays as it is.

    `answers` by number of the question: a text, the number of an option, a list of
    them, or whether somebody agrees. `needs` are those of access and of diet.
    """

    sessions: Collection[int] | None = None
    answers: Mapping[int, Any] | None = None
    needs: tuple[str, str] | None = None


NOTHING = Details()


def check(details: Details, registration: Registration | None = None) -> None:
    """Raises SessionFull or SessionsClash; the registration's own place is free to it."""
    chosen = Session.objects.filter(pk__in=details.sessions or ())
    for one, other in combinations(chosen, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            raise SessionsClash(
                _("These are at the same time: %(one)s, %(other)s")
                % {"one": _title(one), "other": _title(other)}
            )
    for session in chosen:
        if not _has_room(session, registration):
            raise SessionFull(
                _("There is no place left in: %(session)s")
                % {"session": _title(session)}
            )


def save(registration: Registration, details: Details) -> None:
    if details.sessions is not None:
        _choose(registration, details.sessions)
    if details.answers:
        _answer(registration, details.answers)
    if details.needs is not None:
        _need(registration, *details.needs)


def with_places_left(event: Event, registration: Registration | None) -> list[Session]:
    """The event's sessions, each with `left`: how many places it has for somebody, their
    own among them; None where they are not limited."""
    others = Q(places__registration__state__in=HOLDING)
    if registration:
        others &= ~Q(places__registration=registration)
    sessions = event.sessions.annotate(
        left=F("capacity") - Count("places", filter=others)
    )
    return list(sessions)


def leave_full_sessions(registration: Registration) -> None:
    """Whoever waits takes up no place in a session: some have filled up meanwhile."""
    for place in registration.session_places.select_related("session"):
        if not _has_room(place.session, registration):
            place.delete()


def forget_needs(registration: Registration) -> None:
    Needs.objects.filter(registration=registration).delete()


def _title(session: Session) -> str:
    return bilingual.shown(session, "title").text


def _has_room(session: Session, registration: Registration | None) -> bool:
    if session.capacity is None:
        return True
    taken = session.places.filter(registration__state__in=HOLDING)
    if registration:
        taken = taken.exclude(registration=registration)
    return taken.count() < session.capacity


def _choose(registration: Registration, sessions: Collection[int]) -> None:
    registration.session_places.exclude(session__in=sessions).delete()
    known = set(registration.session_places.values_list("session", flat=True))
    own = registration.event.sessions.filter(pk__in=set(sessions) - known)
    SessionPlace.objects.bulk_create(
        SessionPlace(registration=registration, session=session) for session in own
    )


def _answer(registration: Registration, answers: Mapping[int, Any]) -> None:
    for question in registration.event.questions.filter(pk__in=answers):
        value = answers[question.pk]
        columns: dict[str, Any] = {"text": "", "agreed": None}
        if question.kind == Kind.TEXT:
            columns["text"] = value
        elif question.kind == Kind.CONSENT:
            # The words that were agreed to, whatever becomes of the question.
            wording = bilingual.shown(question, "label", registration.language).text
            columns = {"text": wording, "agreed": bool(value)}
        answer, _new = Answer.objects.update_or_create(
            registration=registration, question=question, defaults=columns
        )
        if question.kind in {Kind.CHOICE, Kind.SEVERAL}:
            chosen = [value] if question.kind == Kind.CHOICE else value
            answer.options.set(question.options.filter(pk__in=filter(None, chosen)))


def _need(registration: Registration, access: str, dietary: str) -> None:
    if not (access or dietary):
        forget_needs(registration)
        return
    Needs.objects.update_or_create(
        registration=registration, defaults={"access": access, "dietary": dietary}
    )
