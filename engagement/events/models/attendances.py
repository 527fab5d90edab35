from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from engagement.events.models.events import Event
from engagement.events.models.registrations import Registration


class Attendance(models.Model):
    """Somebody came."""

    class Method(models.TextChoices):
        LIST = "list", _("Marked on the list")
        DOOR = "door", _("Checked in at the door")
        REPORT = "report", _("From an attendance report")

    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="attendance"
    )
    method = models.CharField(
        max_length=10, choices=Method.choices, default=Method.LIST
    )
    # Where it was measured, as online.
    minutes = models.PositiveIntegerField(_("minutes present"), null=True, blank=True)
    # Made when a certificate is first asked for.
    certificate_code = models.CharField(
        max_length=16, unique=True, null=True, blank=True, default=None
    )
    marked_at = models.DateTimeField(auto_now_add=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return str(self.registration)


class CheckIn(models.Model):
    """Something a device at a door said. Its key makes it count once, however often and
    late it is sent; the last one by the device's clock decides."""

    class Action(models.TextChoices):
        IN = "in", _("Checked in")
        UNDO = "undo", _("Check-in undone")

    key = models.UUIDField(unique=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="check_ins")
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="check_ins"
    )
    action = models.CharField(max_length=5, choices=Action.choices)
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.registration}: {self.action}"


class AttendanceReport(models.Model):
    """A file that Teams or Zoom wrote of who was there."""

    class Program(models.TextChoices):
        TEAMS = "teams", "Microsoft Teams"
        ZOOM = "zoom", "Zoom"

    event = models.ForeignKey(Event, models.PROTECT, related_name="reports")
    program = models.CharField(max_length=10, choices=Program.choices)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # None while it is only shown what it would do.
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attendance report")
        verbose_name_plural = _("attendance reports")
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sha256"], name="a_report_once_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def unknown_first(self) -> Self:
        """Before all others those of whom nobody has said yet who they are, or that they
        do not count."""
        known = Case(
            When(registration=None, ignored=False, then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return self.order_by(known, "name", "pk")


class Participant(models.Model):
    """Somebody in an attendance report, with all their stays joined into one."""

    report = models.ForeignKey(
        AttendanceReport, models.CASCADE, related_name="participants"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.CharField(_("e-mail address"), max_length=320, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes present"))
    # From when to when, at the event: [[ISO 8601, ISO 8601], ...].
    stays = models.JSONField(default=list)
    # Whom it is; None until somebody has said so.
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A recording program, a member of the team, or nobody who can be known.
    ignored = models.BooleanField(default=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participant_is_somebody_or_ignored",
                condition=Q(registration__isnull=True) | Q(ignored=False),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
