"""The link in a mail by which somebody sees and changes their own registration."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core import tokens
from engagement.events.models import Event, Registration

SCOPE = "registration"
# A link in a mail works until this long after the event, however early it was sent.
LINK_LASTS = timedelta(days=90)
# No event is planned further ahead.
LINK_AT_MOST = timedelta(days=3650)


def token(registration: Registration) -> str:
    return tokens.make(SCOPE, str(registration.pk))


def find(token: str) -> Registration:
    """The registration that a mailed link is for. Raises tokens.BadToken."""
    pk = tokens.read(SCOPE, token, LINK_AT_MOST)
    found = Registration.objects.select_related("event").filter(pk=pk).first()
    if found is None or _too_old(found.event):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return found


def _too_old(event: Event) -> bool:
    return event.starts_at is not None and event.starts_at + LINK_LASTS < timezone.now()
