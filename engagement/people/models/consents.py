from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.models import WrittenOnce, WrittenOnceQuerySet
from engagement.people.models.people import Person


class ConsentQuerySet(WrittenOnceQuerySet["Consent"]):
    def hand_over(self, *, to: Person) -> int:
        """The only change there is: whose the rows are, when people are merged. How
        many."""
        return models.QuerySet.update(self, person=to)


class Consent(WrittenOnce):
    """One thing a person agreed to or took back. Rows are added, never changed."""

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("To be sent a newsletter")
        EVENT = "event", _("To be written to about an event")
        READING = "reading", _("To have one's reading kept by name")
        MEMBERSHIP = "membership", _("To be named in public as a member of a group")

    class Action(models.TextChoices):
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        FORM = "form", _("Form")
        IMPORT = "import", _("Import")
        PAPER = "paper", _("Paper")
        LINK = "link", _("Link in a mail")
        TEAM = "team", _("Entered by the team")
        DEMO = "demo", _("Synthetic, for the demonstration")

    # None once the person has been erased: the counts stay true.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    about = models.CharField(max_length=100)
    action = models.CharField(max_length=10, choices=Action.choices)
    wording = models.TextField()
    wording_version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=10, choices=Source.choices)
    evidence = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        # The number tells what came last: it grows with time, and stays in a merge.
        ordering = ["pk"]
        indexes = [models.Index(fields=["purpose", "about", "person", "id"])]

    def __str__(self) -> str:
        return f"{self.person} {self.action} {self.purpose}"


class Suppression(models.Model):
    """An address that is never written to again, known by its digest alone.

    It outlives the person: who was erased and is imported anew stays suppressed. Only
    the address's own confirmed wish lifts it.
    """

    class Reason(models.TextChoices):
        ERASED = "erased", _("Erased at their own wish")
        ASKED = "asked", _("Asked not to be written to")
        COMPLAINED = "complained", _("Complained of a message")
        RETAINED = "retained", _("Erased when the time to keep it was over")
        BOUNCED = "bounced", _("The address does not exist")
        KEEPS_BOUNCING = "soft_bounces", _("Issue after issue came back")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        # The audit trail keeps this, so not even the code.
        return f"#{self.pk}"
