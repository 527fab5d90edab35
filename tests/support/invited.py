"""Somebody is invited, and says something by the link."""

from engagement.events.models import Invitation
from engagement.events.services import invitations, registrations
from engagement.mail.models import Message

DEPUTY = {"name": "Dai Deputy", "email": "dai@example.org", "agreed": "on"}


def asked(event, person):
    invitations.invite(by=None, event=event, people=[person.pk])
    return Invitation.objects.get(event=event, person=person)


def link(invitation, page=""):
    return f"/en/events/invitation/{invitations.link(invitation)}/{page}"


def say(client, invitation, answer, **more):
    return client.post(link(invitation), {"answer": answer} | more)


def send_deputy(client, invitation, **changes):
    return client.post(link(invitation, "deputy/"), DEPUTY | changes)


def register(event, email):
    return registrations.register(
        by=None,
        event=event,
        language="en",
        name="Somebody",
        email=email,
        organisation="",
        sector="public",
        wants_welsh=False,
    )


def fill(event):
    return [register(event, f"early{n}@example.org") for n in range(event.capacity)]


def states(event):
    rows = event.registrations.order_by("pk")
    return [(row.name, row.state) for row in rows]


def kinds():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))
