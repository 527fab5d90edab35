"""A group meets, reads and decides."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs, uploads
from engagement.core.errors import Refused
from engagement.events.models import Event
from engagement.events.services import events
from engagement.groups.models import (
    AgendaItem,
    Decision,
    Group,
    Meeting,
    Paper,
    Purpose,
)
from engagement.groups.services import packs, records


class Replaced(Refused):
    """Only what stands can be replaced."""


def plan(*, by: User | None, group: Group, fields: Mapping[str, Any]) -> Meeting:
    """A meeting is an event of the group's study, on a day that is known."""
    with transaction.atomic():
        event = Event.objects.create(
            **fields,
            study=group.study,
            slug=f"{group.slug[:60]}-{fields['starts_at']:%Y-%m-%d}-{slugs.ending()}",
            kind=Event.Kind.MEETING,
            status=Event.Status.PLANNED,
        )
        meeting = Meeting.objects.create(group=group, event=event)
        entries.record(by=by, action="meeting.planned", target=meeting)
    return meeting


def change(*, by: User | None, meeting: Meeting, fields: Mapping[str, Any]) -> None:
    """By the event's own way, so that those who were asked and their calendars are told.
    Raises what `events.update` raises."""
    events.update(by=by, event=meeting.event, fields=fields)


def cancel(
    *, by: User | None, meeting: Meeting, reason_en: str, reason_cy: str
) -> None:
    """Where it was sent out, everybody is told; where not, nobody knows of it yet.
    Raises what `events.cancel` and `events.not_held` raise."""
    event = Event.objects.get(pk=meeting.event_id)
    reason = {"reason_en": reason_en, "reason_cy": reason_cy}
    if event.status == Event.Status.PUBLISHED:
        events.cancel(by=by, event=event, **reason)
    else:
        events.not_held(by=by, event=event, **reason)


def add_paper(
    *,
    by: User | None,
    meeting: Meeting,
    title_en: str,
    title_cy: str,
    file: "UploadedFile[Any]",
    language: str,
    item: AgendaItem | None = None,
    purpose: str = Purpose.INFORMATION,
) -> Paper:
    """For the members, with an item of the agenda or with none. The form has checked the
    file.

    It is on disk only if the row is in the database, under a name made from its title.
    """
    with transaction.atomic():
        paper = Paper(
            meeting=meeting,
            title_en=title_en,
            title_cy=title_cy,
            language=language,
            item=item,
            purpose=purpose,
        )
        title = title_cy if language == "cy" else title_en
        ending = uploads.extension(file.name or "")
        paper.file.save(f"{slugify(title)[:80] or 'paper'}.{ending}", file, save=False)
        try:
            paper.save()
            packs.renew(meeting)
            entries.record(by=by, action="paper.added", target=paper)
        except Exception:
            paper.file.delete(save=False)
            raise
    return paper


def decide(
    *,
    by: User | None,
    meeting: Meeting,
    text_en: str,
    text_cy: str,
    item: AgendaItem | None = None,
    redacted: bool = False,
    replaces: Decision | None = None,
) -> Decision:
    """Kept in both languages; public at once unless `redacted`.

    Numbers are given with the group's row locked, so that there is no gap and none
    twice. Raises records.Frozen or Replaced.
    """
    with transaction.atomic():
        group = Group.objects.select_for_update().get(pk=meeting.group_id)
        records.open_(meeting)
        day = timezone.localdate(meeting.event.starts_at)
        last = group.decisions.filter(year=day.year).aggregate(Max("number"))
        decision = Decision.objects.create(
            group=group,
            meeting=meeting,
            year=day.year,
            number=(last["number__max"] or 0) + 1,
            text_en=text_en,
            text_cy=text_cy,
            item=item,
            redacted=redacted,
        )
        if replaces:
            _replace(group, replaces, decision)
        entries.record(by=by, action="decision.recorded", target=decision)
    return decision


def _replace(group: Group, old: Decision, new: Decision) -> None:
    standing = group.decisions.filter(pk=old.pk, replaced_by=None).exclude(pk=new.pk)
    if not standing.update(replaced_by=new):
        raise Replaced(_("A later decision has replaced that one already."))
