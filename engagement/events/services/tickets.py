"""Tickets: a code (QR, ISO/IEC 18004) that leads to a page, signed, so that nobody can
make one up. Its value is the reference of the registration, which a device at the door
knows: it finds whose ticket it is without a network."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from engagement.core import tokens
from engagement.events.models import Registration
from engagement.events.services import registration_links

SCOPE = "ticket"


def token(registration: Registration) -> str:
    return tokens.make(SCOPE, registration.reference)


def find(token: str) -> Registration:
    """Whose ticket it is. Raises tokens.BadToken, for one of long ago too."""
    reference = tokens.read(SCOPE, token, registration_links.LINK_AT_MOST)
    found = Registration.objects.filter(reference=reference).select_related(
        "event", "attendance"
    )
    one = found.first()
    oldest = timezone.now() - registration_links.LINK_LASTS
    if one is None or (one.event.starts_at and one.event.starts_at < oldest):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return one


def code(registration: Registration) -> str:
    """The picture of the code as SVG in a data: address. The page that it leads to is in
    the language of who registered."""
    with translation.override(registration.language):
        path = reverse("events:ticket", args=[token(registration)])
    made = segno.make(f"{settings.SITE_URL}{path}", error="m", micro=False)
    return str(made.svg_data_uri(border=4, scale=4))
