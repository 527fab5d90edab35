from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A mail to one person about something they did. Newsletters keep deliveries."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=60, db_index=True)
    to = models.EmailField(_("to"), max_length=320)
    language = models.CharField(max_length=2)
    # As a mail has them; left out, the site's own, and no address for answers.
    sender = models.CharField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=500, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.QUEUED, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    reply = models.CharField(_("server's reply"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
