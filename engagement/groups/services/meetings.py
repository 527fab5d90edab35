"""A group meets, reads and decides."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import uploads
from engagement.events.models import Event
from engagement.groups.models import Decision, Group, Meeting, Paper


def plan(*, by: User | None, group: Group, fields: Mapping[str, Any]) -> Meeting:
    """A meeting is an event of the group's study, on a day that is known."""
    with transaction.atomic():
        end = get_random_string(5, "bcdfghjkmnpqrstvwxz")
        event = Event.objects.create(
            **fields,
            study=group.study,
            slug=f"{group.slug[:60]}-{fields['starts_at']:%Y-%m-%d}-{end}",
            kind=Event.Kind.MEETING,
            status=Event.Status.PLANNED,
        )
        meeting = Meeting.objects.create(group=group, event=event)
        entries.record(by=by, action="meeting.planned", target=meeting)
    return meeting


def add_paper(
    *,
    by: User | None,
    meeting: Meeting,
    title_en: str,
    title_cy: str,
    file: "UploadedFile[Any]",
    language: str,
) -> Paper:
    """For the members. The form has checked the file.

    It is on disk only if the row is in the database, under a name made from its title.
    """
    with transaction.atomic():
        paper = Paper(
            meeting=meeting, title_en=title_en, title_cy=title_cy, language=language
        )
        title = title_cy if language == "cy" else title_en
        ending = uploads.extension(file.name or "")
        paper.file.save(f"{slugify(title)[:80] or 'paper'}.{ending}", file, save=False)
        try:
            paper.save()
            entries.record(by=by, action="paper.added", target=paper)
        except Exception:
            paper.file.delete(save=False)
            raise
    return paper


def decide(
    *, by: User | None, meeting: Meeting, text_en: str, text_cy: str
) -> Decision:
    """Kept in both languages; public at once."""
    with transaction.atomic():
        decision = Decision.objects.create(
            meeting=meeting, text_en=text_en, text_cy=text_cy
        )
        entries.record(by=by, action="decision.recorded", target=decision)
    return decision
