"""Every mail about a registration: now, or when the event's row is free again."""

from django.conf import settings
from django.db import transaction

from engagement.events.models import IN_FORCE, Registration
from engagement.events.services import calendar_mail, places, registration_links
from engagement.mail.services import messages

State = Registration.State


def owe(registration: Registration, kind: str) -> None:
    """Leaves the mail to `write_due`."""
    if registration.email:
        registration.mail_due = kind
        registration.save(update_fields=["mail_due"])


def write_due(registration: Registration) -> None:
    """The mail that `owe` left to be written, once; none where more has happened
    since, of which another mail tells."""
    still = {
        "registration_confirmed": [State.PLACE],
        "registration_waiting": [State.WAITING],
    }
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",))
        found = rows.select_related("event").exclude(mail_due="")
        if row := found.filter(pk=registration.pk).first():
            kind, row.mail_due = row.mail_due, ""
            row.save(update_fields=["mail_due"])
            if row.state in still.get(kind, IN_FORCE):
                write(kind, row)


def write(kind: str, registration: Registration) -> None:
    """Whoever gave no address gets none."""
    if not registration.email:
        return
    waits = registration.state == State.WAITING
    messages.send(
        kind=kind,
        to=registration.email,
        language=registration.language,
        context={
            "event": registration.event,
            "registration": registration,
            "in_line": places.in_line(registration) if waits else 0,
            "token": registration_links.token(registration),
            "site_url": settings.SITE_URL,
        },
        calendar=calendar_mail.invite(registration),
    )
