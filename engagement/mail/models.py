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
    # An invitation for the reader's calendar, and whether it asks or calls off.
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
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


class AccountState(models.Model):
    """What became of a sending account lately; the account itself is in the settings."""

    name = models.CharField(max_length=40, unique=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    failing_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name


class Pace(models.Model):
    """How fast an account sends to a domain, "" for all; kept by all workers together."""

    account = models.CharField(max_length=40)
    domain = models.CharField(max_length=255, blank=True)
    # When the next message may leave.
    next_at = models.DateTimeField(null=True, blank=True)
    # Messages a second since the server asked for less, when, and how.
    per_second = models.FloatField(null=True, blank=True)
    slowed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # How many have been given leave to go on this day, in London.
    day = models.DateField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "domain"], name="one_pace_a_domain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} to {self.domain or 'all'}"


class Inbound(models.Model):
    """What came back about a mail: from its mailbox, a pipe or a provider.

    `key` names the mail ("delivery-123", "mail-45"). Only where it is `proven` that the
    sender had that very mail is anything done: whoever can write to us could else name
    a mail of somebody they do not like.
    """

    class Source(models.TextChoices):
        MAILBOX = "mailbox", _("Mailbox")
        PIPE = "pipe", _("Mail server")
        WEBHOOK = "webhook", _("Mail provider")

    class Kind(models.TextChoices):
        HARD = "hard", _("No such address")
        SOFT = "soft", _("Not delivered this time")
        BLOCK = "block", _("Refused because of us")
        AUTO_REPLY = "auto_reply", _("Automatic reply")
        COMPLAINT = "complaint", _("Complaint")
        CHALLENGE = "challenge", _("Asks who we are")
        DELIVERED = "delivered", _("Delivered")
        OPENED = "opened", _("Opened")
        CLICKED = "clicked", _("Link followed")
        OTHER = "other", _("Something else")

    BOUNCES = (Kind.HARD, Kind.BLOCK, Kind.SOFT)
    # The mail got there, whatever became of it then.
    ARRIVED = (
        *(Kind.DELIVERED, Kind.OPENED, Kind.CLICKED),
        *(Kind.COMPLAINT, Kind.AUTO_REPLY, Kind.CHALLENGE),
    )

    raw = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(db_index=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    provider = models.CharField(max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=40, blank=True, db_index=True)
    address = models.CharField(_("e-mail address"), max_length=320, blank=True)
    status = models.CharField(max_length=12, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proven = models.BooleanField(default=False)
    # Not where the server says that it still tries.
    final = models.BooleanField(default=True)
    # An open or a click that the provider says no person made.
    machine = models.BooleanField(default=False)
    handled_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # What was done about it, as codes of the registry.
    outcomes = models.JSONField(default=list)

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def bounced(self) -> bool:
        """Came back for good, and it is sure which mail."""
        return self.proven and self.final and self.kind in self.BOUNCES


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def open(self) -> "AlarmQuerySet":
        """What nobody has seen to, newest first, and no more than can be read."""
        return self.filter(closed_at=None)[:10]


class Alarm(models.Model):
    """Something that the people who run the site must see to; one a kind, a sending
    account and a day."""

    class Kind(models.TextChoices):
        BLOCK = "block", _("Our mail is refused")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    account = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500)
    on = models.DateField()
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "account", "on"], name="one_alarm_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.on})"


class SendingCheck(models.Model):
    """A check of whether the world will take our mail. `at` is empty until a worker has
    carried it out; `results` are `services.checks.finding.Finding`s."""

    asked_at = models.DateTimeField(auto_now_add=True)
    at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
