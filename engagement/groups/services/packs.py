"""Packs on their way: asked for, made by a worker, kept, made anew when they are stale.

The rows are the queue. A worker claims one by an update that only one can make, and says
with each step that it lives; one that was silent for long has lost its claim, and cannot
keep what it makes.
"""

import logging
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import pdf
from engagement.core.bilingual import LANGUAGES
from engagement.core.states import check_move
from engagement.groups import packing
from engagement.groups.models import Meeting, Pack
from engagement.groups.services import pack_files
from engagement.mail import queue

logger = logging.getLogger(__name__)
State = Pack.State
# A worker that has not been heard of for so long is gone; so many may go.
SILENT = timedelta(minutes=5)
TRIES = 3
# What is kept in `reason`, in words.
REASONS: dict[str, str | Promise] = {
    "no_pdf": _("This machine cannot make PDF files: Pango is missing."),
    "disk": _("The file could not be written. The disk may be full."),
    "stopped": _("The worker stopped three times. The log says why."),
}


class Lost(Exception):
    """Another worker has the pack."""


def ask(*, by: User | None, meeting: Meeting) -> None:
    """In both languages, anew where there is one. Asking again while it is being made
    changes nothing."""
    with transaction.atomic():
        renew(meeting)
        entries.record(by=by, action="pack.asked", target=meeting)


def renew(meeting: Meeting) -> None:
    """For whoever changed what is in it, in their transaction. One that is being made is
    looked at again when it is done."""
    now = timezone.now()
    for lang in LANGUAGES:
        pack, _new = Pack.objects.get_or_create(
            meeting=meeting, language=lang, defaults={"asked_at": now}
        )
        _wait(pack.pk, State.MADE, State.FAILED)
        _tell(pack.pk)


def make(pack_id: int) -> None:
    """In the worker."""
    if not (pack := _claim(pack_id)):
        return
    try:
        with translation.override(pack.language), TemporaryDirectory() as folder:
            made_of = packing.fingerprint(pack.meeting)
            built = pack_files.build(
                pack.meeting,
                pack.language,
                Path(folder),
                lambda done, of: _heard(pack, done, of),
            )
            _keep(pack, built, made_of)
    except Lost:
        logger.warning("Pack %s was taken over by another worker.", pack_id)
    except pdf.NoPdf:
        _fail(pack, "no_pdf")
    except OSError:
        logger.exception("Pack %s could not be written.", pack_id)
        _fail(pack, "disk")


def sweep() -> None:
    """Takes back what a crash left, looks for what is stale, wakes workers."""
    now = timezone.now()
    gone = Pack.objects.filter(state=State.MAKING, claimed_at__lt=now - SILENT)
    gone.filter(attempts__gte=TRIES).update(state=State.FAILED, reason="stopped")
    gone.update(state=State.WAITING, claimed_at=None)
    made = Pack.objects.filter(state=State.MADE, meeting__event__starts_at__gt=now)
    for pack in made.select_related("meeting__group", "meeting__event"):
        if packing.fingerprint(pack.meeting) != pack.made_of:
            _wait(pack.pk, State.MADE)
    for pk in Pack.objects.filter(state=State.WAITING).values_list("pk", flat=True):
        _tell(pk)


def _wait(pack_id: int, *states: str) -> None:
    for state in states:
        check_move(Pack.MOVES, state, State.WAITING)
    Pack.objects.filter(pk=pack_id, state__in=states).update(
        state=State.WAITING,
        asked_at=timezone.now(),
        claimed_at=None,
        attempts=0,
        done=0,
        of=0,
        reason="",
    )


def _tell(pack_id: int) -> None:
    transaction.on_commit(lambda: queue.tell("groups.make_pack", pack_id=pack_id))


def _claim(pack_id: int) -> Pack | None:
    """The pack, if no other worker has it."""
    mine = Pack.objects.filter(pk=pack_id, state=State.WAITING).update(
        state=State.MAKING,
        claimed_at=timezone.now(),
        attempts=F("attempts") + 1,
        done=0,
    )
    packs = Pack.objects.select_related("meeting__group__study", "meeting__event")
    return packs.get(pk=pack_id) if mine else None


def _heard(pack: Pack, done: int, of: int) -> None:
    """Raises Lost."""
    now = timezone.now()
    if not _mine(pack, done=done, of=of, claimed_at=now):
        raise Lost
    pack.claimed_at = now


def _mine(pack: Pack, **fields: object) -> int:
    """Changes the row if it is still this worker's."""
    claim = {"state": State.MAKING, "claimed_at": pack.claimed_at}
    return Pack.objects.filter(pk=pack.pk, **claim).update(**fields)


def _keep(pack: Pack, built: pack_files.Built, made_of: str) -> None:
    """The file before it goes when the new one is on record, and not before. What was
    changed meanwhile is made again. Raises Lost."""
    old = pack.file.name
    storage = pack.file.storage
    with built.path.open("rb") as file:
        name = f"{pack.meeting.event.slug}-{pack.language}.pdf"
        pack.file.save(name, File(file), save=False)
    try:
        fresh = _record(pack, built, made_of)
    except BaseException:
        storage.delete(pack.file.name or "")
        raise
    if old:
        storage.delete(old)
    if not fresh:
        _wait(pack.pk, State.MADE)
        _tell(pack.pk)


def _record(pack: Pack, built: pack_files.Built, made_of: str) -> bool:
    """Whether it says what is so now. Raises Lost."""
    if not _mine(
        pack,
        state=State.MADE,
        done=F("of"),
        reason="",
        file=pack.file.name,
        pages=built.pages,
        sha256=built.sha256,
        holds=built.holds,
        made_of=made_of,
        made_at=timezone.now(),
    ):
        raise Lost
    meetings = Meeting.objects.select_related("group", "event")
    return packing.fingerprint(meetings.get(pk=pack.meeting_id)) == made_of


def _fail(pack: Pack, reason: str) -> None:
    _mine(pack, state=State.FAILED, reason=reason)
