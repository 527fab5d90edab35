from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.mail.models import Inbound
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
        # Pending again only where a person says so, who has looked at the evidence.
        "unknown": {"accepted", "rejected", "pending"},
        # Only where a bounce said so, and something else then shows that it arrived.
        "rejected": {"accepted"},
    }
    SETTLED = ("accepted", "rejected", "suppressed", "unknown")

    # Three times a row is moved for one mail, and each index is written each time: the
    # two below serve these columns too.
    issue = models.ForeignKey(
        Issue, models.PROTECT, related_name="deliveries", db_index=False
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="deliveries", db_index=False
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
    # The sending account that carried it, by its name in the settings.
    account = models.CharField(max_length=40, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # A server takes a message and sends it back later: accepted, and bounced.
    bounce = models.CharField(max_length=12, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "issue"], name="one_delivery_a_person"
            )
        ]
        # Of nothing that changes while it is sent: so PostgreSQL writes no index again,
        # and a worker finds what is due by going on from its last number.
        indexes = [models.Index(fields=["issue", "id"])]

    def __str__(self) -> str:
        return f"{self.issue} to {self.address}"

    @property
    def key(self) -> str:
        """As in its Message-ID; says nothing of the person."""
        return f"delivery-{self.pk}"

    @property
    def audit_name(self) -> str:
        return self.key

    @property
    def bounce_label(self) -> str:
        """How it came back, in the reader's language; "" where it did not."""
        return str(Inbound.Kind(self.bounce).label) if self.bounce else ""
