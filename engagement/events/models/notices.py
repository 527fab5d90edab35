from django.db import models

from engagement.events.models.events import Event
from engagement.events.models.invitations import Invitation
from engagement.mail.models import Message


class Notice(models.Model):
    """Which event, and which invitation, a mail is about: so that what still waits can be
    stopped when the event is called off."""

    message = models.OneToOneField(Message, models.CASCADE, related_name="notice")
    event = models.ForeignKey(Event, models.CASCADE, related_name="notices")
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, related_name="notices"
    )

    def __str__(self) -> str:
        return f"#{self.pk}"
