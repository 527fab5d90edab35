from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.groups.models import Group, Meeting
from engagement.studies.models import Study


class Board(models.Model):
    """What the dashboard of a study shows of one of its usual periods, counted ahead: a
    study with ten million hits is not counted while somebody waits."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="boards")
    # The name of the period: "meeting", "quarter" or "year".
    period = models.CharField(max_length=10)
    # The protected figures in each language, as `gathering.documents` gives them.
    data = models.JSONField()
    counted_at = models.DateTimeField()
    # How long counting took: what is counted in no time is counted for each reader.
    seconds = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "period"], name="one_board_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.study_id}, {self.period}"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for managers; for members those of studies in whose groups they sit."""
        if user.has_perm("reports.manage"):
            return self
        if not isinstance(user, User):
            return self.none()
        return self.filter(study__in=Group.objects.for_user(user).values("study"))

    def made(self) -> Self:
        return self.filter(state=Report.State.DONE)

    def latest_first(self) -> Self:
        return self.order_by("-until", "-asked_at", "-pk")

    def without_data(self) -> Self:
        """For lists: the figures of a report are long."""
        return self.defer("data")


class Report(models.Model):
    """A report to the steering group, frozen: the page, both PDFs and every export are
    made from `data` alone, and the same data makes the same bytes."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        MAKING = "making", _("Being made")
        DONE = "done", _("Made")
        FAILED = "failed", _("Failed")

    MOVES = {
        "queued": {"making"},
        "making": {"done", "failed", "queued"},
        "failed": {"queued"},
    }

    study = models.ForeignKey(Study, models.PROTECT, related_name="reports")
    # Both days are in it.
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    # "2011-Q1" where it was made by itself; "" where somebody asked for it.
    quarter = models.CharField(max_length=8, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.QUEUED
    )
    done = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    # When its worker was last heard of, and how many have tried.
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The protected figures in each language, when they were counted, and their SHA-256.
    data = models.JSONField(default=dict, blank=True)
    cut_off = models.DateTimeField(_("counted at"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file_en = models.FileField(upload_to="reports/%Y/", max_length=200, blank=True)
    file_cy = models.FileField(upload_to="reports/%Y/", max_length=200, blank=True)
    sha256_en = models.CharField(max_length=64, blank=True)
    sha256_cy = models.CharField(max_length=64, blank=True)
    pages_en = models.PositiveSmallIntegerField(null=True, blank=True)
    pages_cy = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    # None where it was made by itself.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField(null=True, blank=True)
    # Among whose papers it is.
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-until", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["study", "quarter"],
                condition=~Q(quarter=""),
                name="one_report_a_quarter",
            ),
            models.CheckConstraint(
                name="report_ends_after_it_begins",
                condition=Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="report_made_with_its_data",
                condition=~Q(state="done")
                | Q(made_at__isnull=False, cut_off__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}, {self.since} to {self.until}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def at_work(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.MAKING)
