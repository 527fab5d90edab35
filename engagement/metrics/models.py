from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.metrics.models_counts import (
    CountedDay,
    DayCount,
    DayFollowed,
    Recount,
    Work,
)

__all__ = [
    "Agent",
    "CountedDay",
    "DayCount",
    "DayFollowed",
    "Hit",
    "Recount",
    "Salt",
    "Work",
]


class Agent(models.Model):
    """What a program calls itself. Kept once, so that rules can run again over history;
    thousands share each, and it leads to nobody."""

    text = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.text


class Salt(models.Model):
    """The key that turned a day's addresses into numbers. It is destroyed after 24 hours:
    from then on nobody, we included, can say whose a number was."""

    day = models.DateField(unique=True)
    value = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Hit(models.Model):
    """One raw request to something tracked, kept with the class a rule gave it.

    `client` is made from address and user agent with the salt of its London day, `letter`
    from the delivery whose link was followed with the same: both tell requests of one day
    apart and cannot be followed to the next, nor back to anybody.
    The target is a kind and a number: metrics stands below the apps that own them.
    """

    # The picture in a mail that says it was opened.
    PIXEL = "pixel"

    class Class(models.TextChoices):
        PERSON = "person", _("person")
        MACHINE = "machine", _("machine")
        PROXY = "proxy", _("proxy")
        SUSPECT = "suspect", _("suspect")

    at = models.DateTimeField(db_index=True)
    target_kind = models.CharField(max_length=30)
    target_id = models.BigIntegerField()
    study_id = models.BigIntegerField(null=True)
    # Of the page or file, "" where it has none.
    language = models.CharField(max_length=4, blank=True)
    client = models.BigIntegerField()
    letter = models.BigIntegerField(null=True)
    # Known only where a reader agreed to be known by name.
    sector = models.CharField(max_length=20, blank=True)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    # Beside the agent, what the rules look at: kept so that they can run again.
    prefetch = models.BooleanField(default=False)
    scripted = models.BooleanField(default=False)
    signed_in = models.BooleanField(default=False)
    hit_class = models.CharField(max_length=10, choices=Class.choices)
    rule = models.CharField(max_length=60)
    rules_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("hit")
        verbose_name_plural = _("hits")

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id} at {self.at:%Y-%m-%d %H:%M}"


class Taken(models.Model):
    """How far a file of hits is in the database; see services/taking."""

    name = models.CharField(max_length=100, unique=True)
    offset = models.BigIntegerField(default=0)
    # From when to when are those that were not held against their neighbours yet.
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    # Taken whole, and removed.
    gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    def wait_for(self, moments: Sequence[datetime]) -> None:
        """Adds them to what is to be held against its neighbours; does not save."""
        known = [at for at in (self.since, self.until) if at]
        if every := [*known, *moments]:
            self.since, self.until = min(every), max(every)
