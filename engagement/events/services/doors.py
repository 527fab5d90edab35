"""What the devices at the doors say. They keep it until it has arrived, and send it again
where they do not know that it has; so each word has a key, and counts once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.events.models import CheckIn, Event, Registration
from engagement.events.services import attendances, places

IN, UNDO = CheckIn.Action.IN, CheckIn.Action.UNDO
State = Registration.State
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Word:
    """Somebody is in, or was checked in by mistake: whoever has the registration, or
    walked in by the word with the key `walk_in`. With a sector it says that somebody
    walked in, whose name may be empty. `let_in`: though they had cancelled."""

    key: UUID
    action: str
    at: datetime
    registration: int | None = None
    walk_in: UUID | None = None
    name: str = ""
    sector: str = ""
    let_in: bool = False


def apply(
    *, by: User | None, event: Event, words: Collection[Word], language: str
) -> dict[UUID, int | None]:
    """Whom each word is about, by its key: None where the event has no such
    registration, and then nothing is kept.

    Sent again, a word changes nothing. The last one by the clock of the device decides
    (`attendances.settle`); a clock that is ahead is held to the moment of arrival.
    `language` is that of who walks in. Raises attendances.NotYet.
    """
    with transaction.atomic():
        event = places.lock(event)
        attendances.check_open(event)
        whose = _known(event, words)
        new = {one.key: one for one in words if one.key not in whose}.values()
        for word in new:
            if word.sector:
                whose[word.key] = _walk_in(by, event, word, language)
        theirs = set(event.registrations.values_list("pk", flat=True))
        for word in new:
            if not word.sector:
                pk = word.registration or whose.get(word.walk_in)
                whose[word.key] = pk if pk in theirs else None
        _let_in(by, event, {whose[one.key] for one in new if one.let_in})
        rows = [
            _row(by, event, word, pk, at)
            for word, at in _in_time(new)
            if (pk := whose[word.key])
        ]
        door = attendances.Method.DOOR
        attendances.settle(by=by, event=event, rows=rows, method=door)
        _record(by, event, rows)
    return {one.key: whose[one.key] for one in words}


def _known(event: Event, words: Collection[Word]) -> dict[UUID | None, int | None]:
    """Of the words that have arrived before, and of those they go back to."""
    keys = {one.key for one in words} | {one.walk_in for one in words if one.walk_in}
    rows = CheckIn.objects.filter(key__in=keys)
    return {
        key: pk if of == event.pk else None
        for key, of, pk in rows.values_list("key", "event_id", "registration_id")
    }


def _walk_in(by: User | None, event: Event, word: Word, language: str) -> int:
    return places.take(
        by=by,
        event=event,
        source=Registration.Source.WALK_IN,
        language=language,
        name=word.name,
        email="",
        sector=word.sector,
    ).pk


def _let_in(by: User | None, event: Event, pks: set[int | None]) -> None:
    left = event.registrations.filter(state__in=(State.CANCELLED, State.LAPSED))
    for one in left.filter(pk__in=[pk for pk in pks if pk]):
        attendances.move(by=by, registration=one, state=State.PLACE)


def _in_time(words: Iterable[Word]) -> Iterator[tuple[Word, datetime]]:
    """Each with its moment, the last first: none after now, none passing another."""
    latest = timezone.now()
    for word in sorted(words, key=lambda one: (one.at, one.key), reverse=True):
        at = min(word.at, latest)
        if at == latest:
            latest -= TICK
        yield word, at


def _row(by: User | None, event: Event, word: Word, pk: int, at: datetime) -> CheckIn:
    return CheckIn(
        key=word.key,
        event=event,
        registration_id=pk,
        action=word.action,
        at=at,
        by=by,
    )


def _record(by: User | None, event: Event, rows: Collection[CheckIn]) -> None:
    if rows:
        entries.record(
            by=by,
            action="event.checked_in",
            target=event,
            came=sum(row.action == IN for row in rows),
            undone=sum(row.action == UNDO for row in rows),
        )
