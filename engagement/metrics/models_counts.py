"""What hits add up to, day by day. Counted anew, never added to."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayCountQuerySet(models.QuerySet["DayCount"]):
    def between(self, first: date | None, last: date | None) -> Self:
        """With both days; without a bound on a side where it is None."""
        found = self.filter(day__gte=first) if first else self
        return found.filter(day__lte=last) if last else found

    def whole(self) -> Self:
        """All languages and sectors together."""
        return self.filter(language="", sector="")

    def of(self, kind: str, target_id: int) -> Self:
        return self.filter(target_kind=kind, target_id=target_id)


class DayCount(models.Model):
    """The hits of one London day on one thing: an article, a file, or the work that files
    and pages are of. Rows that stand for all of a kind in a study have no target, and
    rows that stand for all languages or sectors have none; readers cannot be added up.

    `least` is people for certain, `most` takes in what may have been a person. A day
    stands alone, as a client's number lives one day: readers of several days are readers
    of each.
    """

    day = models.DateField(db_index=True)
    # 0 where it has none: nothing would be unique about NULL.
    study_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=30)
    target_id = models.BigIntegerField()
    language = models.CharField(max_length=4, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    # Hits of each class, as they came.
    persons = models.PositiveIntegerField()
    machines = models.PositiveIntegerField()
    proxies = models.PositiveIntegerField()
    suspects = models.PositiveIntegerField()
    # As COUNTER 5.1 counts: without double clicks, and once a session.
    requests_least = models.PositiveIntegerField()
    requests_most = models.PositiveIntegerField()
    unique_requests_least = models.PositiveIntegerField()
    unique_requests_most = models.PositiveIntegerField()
    investigations_least = models.PositiveIntegerField()
    investigations_most = models.PositiveIntegerField()
    unique_investigations_least = models.PositiveIntegerField()
    unique_investigations_most = models.PositiveIntegerField()
    # Different clients that made a request.
    readers_least = models.PositiveIntegerField()
    readers_most = models.PositiveIntegerField()

    objects = DayCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "study_id",
                    "target_kind",
                    "target_id",
                    "language",
                    "sector",
                    "day",
                ],
                name="a_day_is_counted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id} on {self.day:%Y-%m-%d}"


class DayFollowed(models.Model):
    """The mails of one London day whose links led to what is a study's, each once. The
    number of a mail lives one day: one that is followed on two days is one of each.

    `least` is people for certain, `most` takes in what may have been a person.
    """

    day = models.DateField(db_index=True)
    study_id = models.BigIntegerField()
    letters_least = models.PositiveIntegerField()
    letters_most = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study_id", "day"], name="a_day_is_followed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.study_id} on {self.day:%Y-%m-%d}"


class CountedDay(models.Model):
    """When a day was last counted. Whoever counts it holds this row."""

    day = models.DateField(unique=True)
    # Hits from then on are not in it; None while it is counted for the first time.
    counted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Work(models.Model):
    """What hits on a target are of: a file is of its output, whatever its format or
    language. Kept, so that the database can count without asking the apps above."""

    target_kind = models.CharField(max_length=30)
    target_id = models.BigIntegerField()
    item_kind = models.CharField(max_length=30)
    item_id = models.BigIntegerField()
    # Whether it gives the work in full; a page about it does not.
    is_request = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_kind", "target_id"], name="a_target_is_of_one_work"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}"


class Recount(models.Model):
    """Days that somebody asked to be counted again. The row is the queue."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        COUNTING = "counting", _("Counting")
        DONE = "done", _("Done")

    MOVES = {
        "waiting": {"counting"},
        "counting": {"done", "waiting"},
    }

    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    # Days.
    done = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    # When the worker was last heard of.
    heard_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_recount_ends_after_it_starts",
                condition=models.Q(last__gte=models.F("first")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d} to {self.last:%Y-%m-%d}"

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1
