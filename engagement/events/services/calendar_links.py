"""A link that brings a person's own events into their calendar, now and later."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.errors import Refused
from engagement.events.models import CalendarLink, Registration
from engagement.mail.services import messages
from engagement.people.models import Person
from engagement.people.services import people

SCOPE = "calendar"
# A calendar asks for years on end; a link that is no longer wanted is revoked.
LASTS = timedelta(days=3650)


class Nobody(Refused):
    """The registration belongs to nobody on record any more."""


def send(*, by: User | None, registration: Registration, renew: bool = False) -> None:
    """Mails the person's link to the registration's address; with `renew` a new one, and
    those from before stop working. Raises Nobody.

    Only by mail: a link to one registration may have been passed on, and must not show
    what else its person comes to.
    """
    if registration.person is None or not registration.email:
        raise Nobody(_("This registration no longer belongs to anybody."))
    with transaction.atomic():
        person = people.locked(registration.person)
        working = person.calendar_links.filter(revoked_at=None)
        if renew:
            working.update(revoked_at=timezone.now())
        link = working.first() or CalendarLink.objects.create(person=person)
        entries.record(by=by, action="calendar_link.sent", target=link, renewed=renew)
        messages.send(
            kind="calendar_link",
            to=registration.email,
            language=registration.language,
            context={
                "token": tokens.make(SCOPE, link.pk),
                "site_url": settings.SITE_URL,
                "renewed": renew,
            },
        )


def find(token: str) -> Person:
    """Whose link it is. Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, LASTS)
    links = CalendarLink.objects.select_related("person")
    link = links.filter(pk=pk, revoked_at=None).first()
    if link is None:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return link.person
