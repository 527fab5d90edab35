"""Those who came are asked once what they made of it, and answer by a signed link."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.bilingual import other, shown
from engagement.core.errors import Refused
from engagement.events.models import Commitment, Event, Feedback, Registration
from engagement.events.services import places
from engagement.mail.services import messages
from engagement.people.services import suppressions

SCOPE = "feedback"
# Some hours later, when people are back at their desks.
AFTER = timedelta(hours=4)
# Whoever is marked as having come later than this is not asked any more.
AT_MOST = timedelta(days=14)
# How long an answer can be given and changed.
OPEN_FOR = timedelta(days=30)
# Held, or not marked as held yet; never called off or not held.
ASKED_OF = (Event.Status.PUBLISHED, Event.Status.HELD)
# What the erased have for an address.
NOBODYS = "@erased.invalid"
# Two of the questions are whose task the answer is.
SIDES = {"means": Commitment.Side.PARTICIPANT, "differently": Commitment.Side.TEAM}


class Closed(Refused):
    """It is too late to answer, or to change an answer."""


def ask_due(*, by: User | None) -> int:
    """Writes to whoever came to an event that ended some hours ago; returns to how many.

    Nobody is asked twice, however many workers do this at once, and nobody at an address
    that is suppressed.
    """
    return sum(_ask(by, event) for event in Event.objects.filter(_over()).distinct())


def _over() -> Q:
    now = timezone.now()
    between = (now - AT_MOST, now - AFTER)
    ended = Q(ends_at__range=between) | Q(ends_at=None, starts_at__range=between)
    waiting = Q(
        registrations__attendance__isnull=False,
        registrations__feedback_asked_at=None,
    )
    return ended & waiting & Q(status__in=ASKED_OF)


def _ask(by: User | None, event: Event) -> int:
    asked = 0
    with transaction.atomic():
        event = places.lock(event)
        if event.status not in ASKED_OF:
            return 0
        came = event.registrations.filter(
            attendance__isnull=False, feedback_asked_at=None
        )
        rows = list(came.exclude(email="").exclude(email__endswith=NOBODYS))
        never = suppressions.among({row.email for row in rows}, since=None)
        for row in rows:
            if row.email not in never and _mark(row):
                _write(row, event)
                asked += 1
        if asked:
            entries.record(
                by=by, action="event.feedback_asked", target=event, asked=asked
            )
    return asked


def _mark(row: Registration) -> int:
    """1 for the one worker that may write to them, 0 for every other.

    The condition is on the row alone: PostgreSQL asks it again when it has waited for
    another worker, and would not ask a subquery again.
    """
    still = Registration.objects.filter(pk=row.pk, feedback_asked_at=None)
    return still.update(feedback_asked_at=timezone.now())


def _write(row: Registration, event: Event) -> None:
    messages.send(
        kind="feedback_asked",
        to=row.email,
        language=row.language,
        context={
            "event": event,
            "until": open_until(event),
            "token": tokens.make(SCOPE, str(row.pk)),
            "site_url": settings.SITE_URL,
        },
    )


def open_until(event: Event) -> datetime | None:
    """When the last answer can be given; None where the event has no known time."""
    ended = event.ends_at or event.starts_at
    return ended and ended + OPEN_FOR


def find(token: str) -> Registration:
    """Who came and has this link. Raises tokens.BadToken."""
    # The event says until when; the token only has to live longer.
    pk = tokens.read(SCOPE, token, AT_MOST + OPEN_FOR)
    came = Registration.objects.filter(
        pk=pk, attendance__isnull=False, event__status__in=ASKED_OF
    )
    found = came.exclude(email__endswith=NOBODYS).select_related("event").first()
    if found is None:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def is_open(event: Event) -> bool:
    until = open_until(event)
    return until is not None and timezone.now() < until


def known(registration: Registration) -> tuple[dict[str, Any], list[str]]:
    """What they answered before, for the form, and which of the questions in SIDES the
    team has taken up, so that the answer is no longer theirs to change."""
    answer = Feedback.objects.filter(registration=registration).first()
    if answer is None:
        return {}, []
    said: dict[str, Any] = {
        name: getattr(answer, name) for name in ("useful", "use_for", "comment")
    }
    rows = {row.side: row for row in answer.commitments.all()}
    names = [name for name, side in SIDES.items() if side in rows]
    for name in names:
        said[name] = shown(rows[SIDES[name]], "text", answer.language).text
    proposed = Commitment.State.PROPOSED
    return said, [name for name in names if rows[SIDES[name]].state != proposed]


def give(
    *,
    by: User | None,
    registration: Registration,
    language: str,
    useful: str,
    use_for: str,
    comment: str,
    means: str,
    differently: str,
) -> Feedback:
    """One answer for each person; a second changes the first. Raises Closed.

    `means` and `differently` are proposed to the team as commitments, in the language
    they were written in; what the team has taken up stays as it is.
    """
    said = {"useful": useful, "use_for": use_for, "comment": comment}
    with transaction.atomic():
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if not is_open(row.event):
            raise Closed(_("It is too late to answer these questions."))
        answer, _new = Feedback.objects.update_or_create(
            registration=row,
            defaults={"event": row.event, "language": language, **said},
        )
        for side, text in (("means", means), ("differently", differently)):
            _propose(answer, SIDES[side], text)
        entries.record(by=by, action="feedback.given", target=answer)
    return answer


def _propose(answer: Feedback, side: str, text: str) -> None:
    """Written, changed or, where it is empty now, taken back."""
    rows = answer.commitments.filter(side=side)
    proposed = rows.filter(state=Commitment.State.PROPOSED)
    words = {f"text_{answer.language}": text, f"text_{other(answer.language)}": ""}
    if not text:
        proposed.delete()
    elif not proposed.update(**words) and not rows.exists():
        Commitment.objects.create(
            feedback=answer,
            event=answer.event,
            registration=answer.registration,
            side=side,
            state=Commitment.State.PROPOSED,
            **words,
        )
