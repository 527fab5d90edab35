"""What people were invited to, registered for and came to, and promised there."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events.models import Attendance, Commitment, Invitation, Registration
from engagement.people.registry import About, Happening, add_history


def _invited(people: Collection[int]) -> Iterator[Happening]:
    answers = dict(Invitation.Answer.choices)
    rows = Invitation.objects.filter(person__in=people).select_related("event")
    for row in rows:
        url, person = row.event.get_absolute_url(), row.person_id or 0
        title = {"title": shown(row.event, "title").text}
        text = _("Invited to “%(title)s”") % title
        yield Happening(row.invited_at, About.EVENT, text, person, url)
        if row.answered_at:
            said = title | {"answer": answers[row.answer]}
            text = _("Answered the invitation to “%(title)s”: %(answer)s") % said
            yield Happening(row.answered_at, About.EVENT, text, person, url)
        if row.withdrawn_at:
            text = _("The invitation to “%(title)s” was taken back") % title
            yield Happening(row.withdrawn_at, About.EVENT, text, person, url)


def _registered(people: Collection[int]) -> Iterator[Happening]:
    rows = Registration.objects.filter(person__in=people).select_related("event")
    for row in rows:
        url, person = row.event.get_absolute_url(), row.person_id or 0
        title = {"title": shown(row.event, "title").text}
        text = _("Registered for “%(title)s”") % title
        yield Happening(row.created_at, About.EVENT, text, person, url)
        if row.cancelled_at:
            text = _("Cancelled the registration for “%(title)s”") % title
            yield Happening(row.cancelled_at, About.EVENT, text, person, url)


def _came(people: Collection[int]) -> Iterator[Happening]:
    rows = Attendance.objects.filter(registration__person__in=people)
    for row in rows.select_related("registration__event"):
        event, person = row.registration.event, row.registration.person_id or 0
        text = _("Came to “%(title)s”") % {"title": shown(event, "title").text}
        at = event.starts_at or row.marked_at
        yield Happening(at, About.EVENT, text, person, event.get_absolute_url())


def _promised(people: Collection[int]) -> Iterator[Happening]:
    """What they said that they would do; what they asked of the team is no promise."""
    rows = Commitment.objects.filter(
        registration__person__in=people, side=Commitment.Side.PARTICIPANT
    )
    for row in rows.select_related("registration"):
        person = row.registration.person_id if row.registration else None
        text = _("Promised: %(text)s") % {"text": shown(row, "text").text}
        url = row.get_absolute_url()
        yield Happening(row.created_at, About.EVENT, text, person or 0, url)


add_history(_invited)
add_history(_registered)
add_history(_came)
add_history(_promised)
