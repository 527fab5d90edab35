from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.people.models import Person, Sector
from newsletters.models.issues import Issue


class Delivery(models.Model):
    """One issue to one person: the truth about what was sent.

    The address, the order of languages and the sector are copied when the issue is
    frozen, so that what was sent stays known whatever becomes of the person.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        LEASED = "leased", _("With a worker")
        HANDED_OVER = "handed_over", _("Being handed over")
        ACCEPTED = "accepted", _("Accepted")
        DEFERRED = "deferred", _("To be tried again")
        REJECTED = "rejected", _("Undeliverable")
        UNKNOWN = "unknown", _("Not known")
        SUPPRESSED = "suppressed", _("Not sent: left before it went")

    MOVES = {
        "pending": {"leased"},
        "leased": {"pending", "handed_over", "deferred", "rejected", "suppressed"},
        "handed_over": {"accepted", "deferred", "rejected", "unknown"},
        "deferred": {"leased"},
        "unknown": {"accepted", "rejected"},
    }
    SETTLED = ("accepted", "rejected", "suppressed", "unknown")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="deliveries"
    )
    address = models.EmailField(max_length=320)
    language = models.CharField(max_length=2)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    # Not before this time when pending or deferred; no longer than this when leased.
    due_at = models.DateTimeField()
    reply = models.CharField(_("server's reply"), max_length=500, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "person"], name="one_delivery_a_person"
            )
        ]
        indexes = [models.Index(fields=["issue", "state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.issue} to {self.address}"
