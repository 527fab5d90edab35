"""A review is opened for a meeting, discussed there, and done."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.groups import reviewed
from engagement.groups.models import Meeting, Review


class Done(Refused):
    """Nothing of it changes any more."""


class NotTheirs(Refused):
    """The meeting is not one of the study's steering group."""


class NotDiscussed(Refused):
    """There is no meeting yet, or nothing that it said."""


def open_for(*, by: User | None, review: Review, meeting: Meeting) -> Review:
    """Keeps the checklist as it is now, for `meeting`; again, until the review is done.
    Raises Done or NotTheirs."""
    with transaction.atomic():
        review = _open(review)
        if not reviewed.meetings_for(review.study).filter(pk=meeting.pk).exists():
            raise NotTheirs(_("Choose a meeting of the study's steering group."))
        review.meeting = meeting
        review.checklist = reviewed.freeze(review)
        review.made_at = timezone.now()
        review.save(update_fields=["meeting", "checklist", "made_at"])
        entries.record(by=by, action="review.opened", target=review)
    return review


def note(*, by: User | None, review: Review, note_en: str, note_cy: str) -> Review:
    """What the group said. Raises Done."""
    with transaction.atomic():
        review = _open(review)
        review.note_en, review.note_cy = note_en, note_cy
        review.save(update_fields=["note_en", "note_cy"])
        entries.record(by=by, action="review.noted", target=review)
    return review


def finish(*, by: User | None, review: Review) -> Review:
    """The next one is made within a day. Raises Done or NotDiscussed."""
    with transaction.atomic():
        review = _open(review)
        if not (review.meeting_id and review.note_en and review.note_cy):
            raise NotDiscussed(
                _("Open it for a meeting, and write what the group said, first.")
            )
        review.done_at, review.done_by = timezone.now(), by
        review.save(update_fields=["done_at", "done_by"])
        entries.record(by=by, action="review.done", target=review)
    return review


def _open(review: Review) -> Review:
    """Locked, with its study."""
    rows: Any = Review.objects.select_for_update(of=("self",)).select_related("study")
    found: Review = rows.get(pk=review.pk)
    if found.done_at:
        raise Done(_("This review is done."))
    return found
