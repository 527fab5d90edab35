"""Asking people to an event by name, once, and taking it back."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.errors import Refused
from engagement.events import inviting
from engagement.events.inviting import Choice
from engagement.events.models import Event, Invitation
from engagement.events.services import calendar_mail, notices, places
from engagement.mail.services import messages
from engagement.mail.services.composing import Invite
from engagement.people.models import Audience, Person
from engagement.people.queries import can_be_written_to

SCOPE = "invitation"


class CannotInvite(Refused):
    """The event takes no registrations, so that nobody could say yes."""


class HasAPlace(Refused):
    """Whoever has said yes is not uninvited; the registration is cancelled first."""


def invite(
    *,
    by: User | None,
    event: Event,
    people: Collection[int],
    audience: Audience | None = None,
) -> int:
    """Writes to those of these people who can be invited; how many they were.

    Two who invite the same people at once wait for each other here, and the second finds
    them invited. Raises CannotInvite.
    """
    with transaction.atomic():
        event = places.lock(event)
        if not event.takes_registrations:
            raise CannotInvite(_("This event does not take registrations."))
        rows = Person.objects.current().filter(pk__in=people)
        list(rows.locked())
        chosen = inviting.sort(event, rows).open
        for choice in chosen:
            _ask(by, event, choice, audience)
        entries.record(by=by, action="event.invited", target=event, people=len(chosen))
    return len(chosen)


def ask_quietly(
    *, by: User | None, event: Event, people: Collection[int]
) -> list[Invitation]:
    """The invitations of those of these people who can be written to, made where there
    is none that stands. Whoever calls has locked the event, writes to them, and has the
    right to, whatever they said of invitations at large: a group's own meeting."""
    rows = Person.objects.filter(can_be_written_to("pk"), pk__in=people)
    found = list(rows.locked())
    standing = {row.person_id: row for row in event.invitations.standing()}
    posts = inviting.current_posts(found)
    fresh = [person for person in found if person.pk not in standing]
    for person in fresh:
        choice = Choice(person, posts.get(person.pk))
        standing[person.pk] = _row(by, event, choice, None)
    if fresh:
        entries.record(by=by, action="event.invited", target=event, people=len(fresh))
    return [standing[person.pk] for person in found]


def tell_changed(*, event: Event) -> None:
    """Within the transaction that changes a group's meeting: those who were asked and
    have not answered have it in their calendars too."""
    registered = event.registrations.in_force().values("email")
    for invitation in event.invitations.unanswered().exclude(email__in=registered):
        if notices.was_written_to(invitation) and _wants_to_know(invitation):
            _write("meeting_changed", invitation, calendar_mail.ask(invitation))


def withdraw(*, by: User | None, invitation: Invitation) -> Invitation:
    """Takes it back, and says so to whoever was written to and has not said no. A second
    time changes nothing. Raises HasAPlace."""
    with transaction.atomic():
        event = places.lock(invitation.event)
        invitation = event.invitations.get(pk=invitation.pk)
        if invitation.withdrawn_at:
            return invitation
        if invitation.registrations.in_force().exists():
            raise HasAPlace(
                _("This invitation has led to a registration. Cancel that first.")
            )
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        notices.stop_for(invitation=invitation)
        if notices.was_written_to(invitation) and _wants_to_know(invitation):
            calendar = calendar_mail.take_back(invitation)
            _write("invitation_withdrawn", invitation, calendar)
        entries.record(by=by, action="invitation.withdrawn", target=invitation)
    return invitation


def tell_cancelled(*, event: Event) -> None:
    """Within the transaction that calls the event off: what waits is not sent, and those
    who were written to and have not said no are told. Who has registered is told
    elsewhere, and who has left again does not come anyhow."""
    notices.stop(event=event)
    registered = event.registrations.in_force().values("email")
    known = (Invitation.Answer.NO, Invitation.Answer.YES)
    rows = event.invitations.standing().exclude(answer__in=known)
    for invitation in rows.exclude(email__in=registered):
        if notices.was_written_to(invitation) and _wants_to_know(invitation):
            calendar = calendar_mail.take_back(invitation)
            _write("invitation_cancelled", invitation, calendar)


def tell_declined(*, invitation: Invitation) -> None:
    """The deputy does not come."""
    if _wants_to_know(invitation):
        _write("deputy_declined", invitation)


def preview(event: Event) -> list[tuple[str, str]]:
    """(language, text) of the mail that an invitation is."""
    context = {
        "event": event,
        "token": "…",
        "site_url": settings.SITE_URL,
        "invitation": Invitation(event=event, name="…"),
    }
    return messages.preview(kind="invitation", context=context)


def link(invitation: Invitation) -> str:
    """The token of the personal link."""
    return tokens.make(SCOPE, str(invitation.pk))


def _ask(
    by: User | None, event: Event, choice: Choice, audience: Audience | None
) -> None:
    _write("invitation", _row(by, event, choice, audience))


def _row(
    by: User | None, event: Event, choice: Choice, audience: Audience | None
) -> Invitation:
    """A row that was taken back is used again, so that there is one for a person. Taken
    back and somebody else's, it only stands in the way of the address."""
    person, post = choice.person, choice.post
    email = person.email.lower()
    event.invitations.filter(email=email).exclude(person=person).delete()
    body = post.organisation if post else None
    invitation, _new = Invitation.objects.update_or_create(
        event=event,
        person=person,
        defaults={
            "audience": audience,
            "name": person.name,
            "email": email,
            "sector": body.sector if body else post.stated_sector if post else "",
            "function": post.function if post else "",
            "language": person.language,
            "answer": "",
            "answered_at": None,
            "invited_by": by,
            "invited_at": timezone.now(),
            "reminded_at": None,
            "withdrawn_at": None,
        },
    )
    return invitation


def _wants_to_know(invitation: Invitation) -> bool:
    if invitation.answer == Invitation.Answer.NO or invitation.person_id is None:
        return False
    people = Person.objects.filter(pk=invitation.person_id)
    return people.filter(can_be_written_to("pk")).exists()


def _write(kind: str, invitation: Invitation, calendar: Invite | None = None) -> None:
    notices.send(
        kind=kind,
        calendar=calendar,
        event=invitation.event,
        to=invitation.email,
        language=invitation.language,
        invitation=invitation,
        token=link(invitation),
    )
