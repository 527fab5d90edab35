"""What was said at a meeting: written, sent, approved at a later one, then frozen."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.groups.models import AgendaItem, Meeting, Membership, MinutesNote
from engagement.groups.services import records
from engagement.mail.services import messages
from engagement.people.queries import can_be_written_to

State = Meeting.Minutes


class ChangedMeanwhile(Refused):
    """Somebody else saved this item after this person began to write."""


class NotWriting(Refused):
    """They have been sent; they are taken back to a draft first."""


class OneLanguageOnly(Refused):
    """`missing` names the items that are not in both languages."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("These items are not in both languages: %(items)s.")
            % {"items": ", ".join(missing)}
        )


class NothingWritten(Refused):
    """There are no minutes to send."""


class NotLater(Refused):
    """Minutes are approved at a later meeting of the same group."""


class NotApproved(Refused):
    """A note corrects approved minutes; others are changed."""


def save_item(
    *,
    by: User | None,
    item: AgendaItem,
    seen: int,
    minutes_en: str,
    minutes_cy: str,
    redacted: bool,
) -> AgendaItem:
    """`seen` is the version that was typed over. Raises ChangedMeanwhile, NotWriting or
    records.Frozen."""
    with transaction.atomic():
        meeting = records.open_(item.meeting)
        if meeting.minutes == State.CIRCULATED:
            raise NotWriting(_("The minutes have been sent. Take them back first."))
        mine = AgendaItem.objects.filter(pk=item.pk, version=seen)
        if not mine.update(
            minutes_en=minutes_en,
            minutes_cy=minutes_cy,
            redacted=redacted,
            version=seen + 1,
        ):
            raise ChangedMeanwhile(
                _(
                    "Somebody else has saved this in the meantime. Nothing is overwritten: "
                    "your text is still here, and theirs is beside it."
                )
            )
        if meeting.minutes == State.NONE:
            _move(meeting, State.DRAFT)
        entries.record(by=by, action="minutes.saved", target=item)
    item.refresh_from_db()
    return item


def circulate(*, by: User | None, meeting: Meeting) -> int:
    """To those who sit in the group now; how many. Raises MoveNotAllowed,
    OneLanguageOnly or NothingWritten."""
    with transaction.atomic():
        meeting = records.locked(meeting)
        check_move(Meeting.MOVES, meeting.minutes, State.CIRCULATED)
        _check_both(meeting)
        _move(meeting, State.CIRCULATED)
        number = _tell(meeting)
        entries.record(
            by=by, action="minutes.circulated", target=meeting, people=number
        )
    return number


def take_back(*, by: User | None, meeting: Meeting) -> None:
    """They are a draft again. Raises MoveNotAllowed."""
    with transaction.atomic():
        meeting = records.locked(meeting)
        _move(meeting, State.DRAFT)
        entries.record(by=by, action="minutes.taken_back", target=meeting)


def approve(*, by: User | None, meeting: Meeting, at: Meeting, public: bool) -> None:
    """At a later meeting of the group. Raises MoveNotAllowed or NotLater."""
    with transaction.atomic():
        meeting = records.locked(meeting)
        if at not in later(meeting):
            raise NotLater(_("Choose a later meeting of the group."))
        check_move(Meeting.MOVES, meeting.minutes, State.APPROVED)
        meeting.minutes, meeting.approved_at = State.APPROVED, timezone.now()
        meeting.approved_in, meeting.minutes_public = at, public
        meeting.save()
        entries.record(by=by, action="minutes.approved", target=meeting)


def later(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings at which these minutes can be approved: held after it, or on now."""
    rows = Meeting.objects.filter(
        group=meeting.group_id, event__starts_at__lte=timezone.now()
    )
    rows = rows.filter(event__starts_at__gt=meeting.event.starts_at)
    gone = ("cancelled", "not_held")
    return (
        rows.exclude(event__status__in=gone)
        .select_related("event")
        .order_by("event__starts_at")
    )


def note(
    *,
    by: User | None,
    meeting: Meeting,
    item: AgendaItem | None,
    text_en: str,
    text_cy: str,
) -> MinutesNote:
    """A dated correction in both languages. Raises NotApproved."""
    with transaction.atomic():
        meeting = records.locked(meeting)
        if meeting.minutes != State.APPROVED:
            raise NotApproved(
                _("These minutes are not approved yet: change them instead.")
            )
        row = meeting.notes.create(item=item, text_en=text_en, text_cy=text_cy, by=by)
        entries.record(by=by, action="minutes.noted", target=row)
    return row


def _move(meeting: Meeting, state: str) -> None:
    check_move(Meeting.MOVES, meeting.minutes, state)
    meeting.minutes = state
    meeting.save(update_fields=["minutes"])


def _check_both(meeting: Meeting) -> None:
    items = list(meeting.items.all())
    if not any(item.minutes_en.strip() or item.minutes_cy.strip() for item in items):
        raise NothingWritten(_("Nothing has been written yet."))
    absent = [item for item in items if bilingual.missing(item, "minutes")]
    if absent:
        raise OneLanguageOnly([shown(item, "title").text for item in absent])


def _tell(meeting: Meeting) -> int:
    sitting = Membership.objects.on(timezone.localdate()).filter(
        can_be_written_to("person"), seat__group=meeting.group_id
    )
    people = {row.person for row in sitting.select_related("person") if row.person}
    for person in sorted(people, key=lambda one: one.pk):
        messages.send(
            kind="minutes_sent",
            to=person.email,
            language=person.language,
            context={
                "meeting": meeting,
                "event": meeting.event,
                "group": meeting.group,
                "site_url": settings.SITE_URL,
            },
        )
    return len(people)
