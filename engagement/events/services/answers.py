"""What people answer to an invitation, by the link in their mail and by nothing else."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import active, shown
from engagement.core.errors import Refused
from engagement.events.inviting import EVERY
from engagement.events.models import Event, Invitation, Registration
from engagement.events.services import deputies, invited, places, registrations
from engagement.people.models import Consent, Person
from engagement.people.queries import last_word_is
from engagement.people.services import consents

Answer, Source = Invitation.Answer, Registration.Source
# Goes up with every change of `wording`; the ledger keeps which one was shown.
WORDING_VERSION = "1"


def wording(event: Event) -> str:
    """What somebody agrees to who wants to be kept informed, in the reader's language."""
    return _(
        "I agree that the team writes to me about what comes of “%(title)s”. I can take "
        "this back at any time."
    ) % {"title": shown(event, "title").text}


def answer(
    *,
    by: User | None,
    invitation: Invitation,
    answer: str,
    wants_welsh: bool = False,
    sector: str = "",
) -> Invitation:
    """Any answer but a deputy. `sector` counts where none is known.

    Yes takes a place or one on the waiting list, or takes it back from the deputy;
    anything else gives it up. The same answer again changes nothing. Raises invited.NotOpen,
    and EventClosed or TooLate of `registrations`.
    """
    with transaction.atomic():
        invitation = invited.locked(invitation)
        said = invitation.answer
        if answer == Answer.YES:
            came_by = _come(by, invitation, wants_welsh, sector)
            changed = said != answer or came_by
        else:
            changed = said != answer
            _keep_informed(invitation, answer)
            _stay_away(by, invitation)
        if changed:
            invited.settle(by, invitation, answer)
    return invitation


def stop(*, by: User | None, invitation: Invitation) -> None:
    """No more invitations to any event (UK GDPR, article 21), and no to this one where
    that can still be said."""
    with transaction.atomic():
        places.lock(invitation.event)
        person = invitation.person
        if person is None:
            return
        for about in (EVERY, invitation.event.slug):
            _take_back(person, about, unless_silent=about != EVERY)
        # Heard in any case, whatever becomes of this one.
        with suppress(Refused):
            answer(by=by, invitation=invitation, answer=Answer.NO)
        entries.record(by=by, action="invitation.stopped", target=invitation)


def _come(
    by: User | None, invitation: Invitation, wants_welsh: bool, sector: str
) -> bool:
    """Whether they did not have a place of their own yet."""
    mine = invited.own(invitation).first()
    if mine:
        mine.wants_welsh = wants_welsh
        mine.invitation = invitation
        mine.save(update_fields=["wants_welsh", "invitation"])
        return False
    fields = invited.details(invitation) | {"sector": invitation.sector or sector}
    if deputy := deputies.of(invitation):
        deputies.pass_on(
            by=by,
            held=deputy,
            source=Source.INVITATION,
            invitation=invitation,
            wants_welsh=wants_welsh,
            **fields,
        )
        deputies.release(deputy)
        return True
    registrations.register(
        by=by,
        event=invitation.event,
        source=Source.INVITATION,
        invitation=invitation,
        wants_welsh=wants_welsh,
        **fields,
    )
    return True


def _stay_away(by: User | None, invitation: Invitation) -> None:
    held = [*invited.own(invitation)]
    if deputy := deputies.of(invitation):
        held.append(deputy)
    for registration in held:
        registrations.cancel(by=by, registration=registration)


def _keep_informed(invitation: Invitation, answer: str) -> None:
    """The ledger is told once; a plain no takes it back."""
    person, about = invitation.person, invitation.event.slug
    if person is None:
        return
    if answer == Answer.NO:
        _take_back(person, about, unless_silent=True)
    elif not _last_word(person, about, Consent.Action.GIVEN):
        consents.give(
            person=person,
            purpose=Consent.Purpose.EVENT,
            about=about,
            wording=wording(invitation.event),
            wording_version=WORDING_VERSION,
            language=active(),
            source=Consent.Source.LINK,
        )


def _take_back(person: Person, about: str, *, unless_silent: bool) -> None:
    """Once. `unless_silent`: only where they have said yes before."""
    if _last_word(person, about, Consent.Action.WITHDRAWN):
        return
    if unless_silent and not _last_word(person, about, Consent.Action.GIVEN):
        return
    consents.withdraw(
        person=person,
        purpose=Consent.Purpose.EVENT,
        about=about,
        source=Consent.Source.LINK,
    )


def _last_word(person: Person, about: str, action: str) -> bool:
    said = last_word_is(action, "pk", Consent.Purpose.EVENT, about)
    return Person.objects.filter(said, pk=person.pk).exists()
