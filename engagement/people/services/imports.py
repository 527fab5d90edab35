"""Files of people on their way: uploaded, checked, shown, applied by a worker."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.mail import queue
from engagement.people.models import PeopleImport
from engagement.people.services import columns, importing, reading
from engagement.people.services.planning import Options, Plan

# A worker that has not been heard of for so long is gone.
SILENT = timedelta(minutes=5)
KEPT = timedelta(days=7)
State = PeopleImport.State


def upload(*, by: User | None, name: str, content: bytes) -> PeopleImport:
    """Keeps the file. Raises Unreadable where not even its headings can be read."""
    table = reading.read(content, name)
    with transaction.atomic():
        record = PeopleImport(
            name=name[:200], columns=columns.guess(table.headings), made_by=by
        )
        record.result = {"headings": table.headings, "encoding": table.encoding}
        ending = name.rpartition(".")[2].lower()
        record.file.save(
            f"{_token(content)}.{ending}", ContentFile(content), save=False
        )
        record.save()
        entries.record(by=by, action="import.uploaded", target=record)
    return record


def start_check(
    *, by: User | None, record: PeopleImport, fields: dict[str, str], overwrite: bool
) -> None:
    """With these columns; remembers them. Raises BadMapping or MoveNotAllowed."""
    with transaction.atomic():
        record = _move(record, State.CHECKING)
        headings = record.result["headings"]
        columns.check(fields, headings)
        columns.remember(record.name, headings, fields)
        record.columns = fields
        record.choices = {**record.choices, "overwrite": overwrite}
        record.save()
        entries.record(by=by, action="import.checked", target=record)
        transaction.on_commit(
            lambda: queue.tell("people.check_import", import_id=record.pk)
        )


def choose(*, by: User | None, record: PeopleImport, same: dict[str, int]) -> None:
    """Whose the rows are that look like somebody on record; the file is checked anew."""
    with transaction.atomic():
        record = _move(record, State.CHECKING)
        record.choices = {**record.choices, "same": same}
        record.save()
        entries.record(by=by, action="import.checked", target=record)
        transaction.on_commit(
            lambda: queue.tell("people.check_import", import_id=record.pk)
        )


def start_apply(*, by: User | None, record: PeopleImport) -> None:
    """Raises MoveNotAllowed."""
    with transaction.atomic():
        record = _move(record, State.APPLYING)
        record.choices = {**record.choices, "by": by.pk if by else None}
        record.save()
        entries.record(by=by, action="import.started", target=record)
        transaction.on_commit(
            lambda: queue.tell("people.apply_import", import_id=record.pk)
        )


def apply_now(*, by: User | None, name: str, content: bytes, options: Options) -> Plan:
    """At once and without keeping the file, for the command line. Raises what
    `importing.apply` raises."""
    with transaction.atomic():
        plan = importing.apply(by=by, content=content, name=name, options=options)
        record = PeopleImport.objects.create(
            name=name[:200],
            state=State.APPLIED,
            columns=options.columns,
            result={"counts": plan.counts},
            made_by=by,
            applied_at=timezone.now(),
        )
        entries.record(
            by=by, action="import.applied", target=record, **dict(plan.counts)
        )
    return plan


def run_check(*, import_id: int) -> None:
    """In the worker; says how far it is as it goes."""
    if not (record := _claim(import_id, State.CHECKING)):
        return
    try:
        plan = importing.check(
            _content(record), record.name, _options(record), _teller(record)
        )
    except Refused as refused:
        _end(record, State.REFUSED, error=str(refused))
    else:
        _end(record, State.REFUSED if plan.refused else State.CHECKED, plan=plan)


def run_apply(*, import_id: int) -> None:
    """In the worker. What a crash leaves half done is undone by the database."""
    if not (record := _claim(import_id, State.APPLYING)):
        return
    by = User.objects.filter(pk=record.choices.get("by")).first()
    try:
        with transaction.atomic():
            plan = importing.apply(
                by=by,
                content=_content(record),
                name=record.name,
                options=_options(record),
                expected=record.result["digest"],
            )
            _end(record, State.APPLIED, plan=plan, applied_at=timezone.now())
            entries.record(
                by=by, action="import.applied", target=record, **dict(plan.counts)
            )
    except Refused as refused:
        _end(record, State.FAILED, error=str(refused))
    else:
        record.file.delete(save=True)


def sweep() -> None:
    """Wakes workers for what waits, gives up what a worker left, and deletes old files."""
    now = timezone.now()
    at_work = PeopleImport.objects.filter(state__in=[State.CHECKING, State.APPLYING])
    for record in at_work.filter(beat_at=None):
        task = "check" if record.state == State.CHECKING else "apply"
        queue.tell(f"people.{task}_import", import_id=record.pk)
    for record in at_work.filter(beat_at__lt=now - SILENT):
        _end(record, State.FAILED, error="The worker stopped.")
    for record in PeopleImport.objects.filter(made_at__lt=now - KEPT).exclude(file=""):
        _empty(record)


def forget(*, by: User | None, record: PeopleImport) -> None:
    """Keeps how many of what there were, and nothing of anybody."""
    with transaction.atomic():
        record = PeopleImport.objects.select_for_update().get(pk=record.pk)
        _empty(record)
        entries.record(by=by, action="import.forgotten", target=record)


def _empty(record: PeopleImport) -> None:
    record.file.delete(save=False)
    record.result = {"counts": record.result.get("counts", {})}
    record.choices.pop("same", None)
    record.save()


def _move(record: PeopleImport, state: str) -> PeopleImport:
    record = PeopleImport.objects.select_for_update().get(pk=record.pk)
    check_move(PeopleImport.MOVES, record.state, state)
    record.state, record.beat_at, record.done = state, None, 0
    return record


def _claim(import_id: int, state: str) -> PeopleImport | None:
    """The import, if no other worker has it."""
    mine = PeopleImport.objects.filter(pk=import_id, state=state, beat_at=None).update(
        beat_at=timezone.now()
    )
    return PeopleImport.objects.get(pk=import_id) if mine else None


def _end(
    record: PeopleImport,
    state: str,
    *,
    plan: Plan | None = None,
    error: str = "",
    applied_at: datetime | None = None,
) -> None:
    found: dict[str, Any] = {"error": error}
    if plan:
        found |= {"counts": plan.counts, "shown": plan.shown, "digest": plan.digest}
    record.result = {**record.result, **found}
    record.state, record.applied_at = state, applied_at
    record.save(update_fields=["state", "result", "applied_at"])


def _teller(record: PeopleImport) -> Callable[[int], None]:
    """Writes down how many rows are done, and that the worker lives."""

    def tell(done: int) -> None:
        PeopleImport.objects.filter(pk=record.pk).update(
            done=done, beat_at=timezone.now()
        )

    record.total = _lines(record)
    record.save(update_fields=["total"])
    return tell


def _lines(record: PeopleImport) -> int:
    table = reading.read(_content(record), record.name)
    last = 1
    for number, _cells in table.rows:
        last = number
    return last - 1


def _options(record: PeopleImport) -> Options:
    same = record.choices.get("same", {})
    return Options(
        columns=record.columns,
        overwrite=bool(record.choices.get("overwrite")),
        same={int(row): int(person) for row, person in same.items()},
    )


def _content(record: PeopleImport) -> bytes:
    with record.file.open("rb") as file:
        content: bytes = file.read()
    return content


def _token(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
