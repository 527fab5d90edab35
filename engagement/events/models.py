from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.people.models import Person, Sector
from engagement.studies.models import Study


class Event(Sourced):
    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("Consultation event")
        TRAINING = "training", _("Training")
        WORKSHOP = "workshop", _("Dissemination workshop")
        BRIEFING = "briefing", _("Briefing")
        PRESENTATION = "presentation", _("Presentation")
        CONFERENCE = "conference", _("Conference")
        DISCUSSION = "discussion", _("Online discussion")
        MEETING = "meeting", _("Group meeting")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PLANNED = "planned", _("Planned")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Open for registration")
        ONGOING = "ongoing", _("Ongoing")
        HELD = "held", _("Held")
        NOT_HELD = "not_held", _("Planned and not held")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        "proposed": {"planned", "not_held"},
        "planned": {"published", "held", "not_held"},
        "draft": {"published"},
        "published": {"held", "cancelled"},
        "ongoing": {"held"},
    }

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="events"
    )
    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    status_note_en = models.TextField(blank=True)
    status_note_cy = models.TextField(blank=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    description_en = models.TextField(_("what it is about, in English"), blank=True)
    description_cy = models.TextField(_("what it is about, in Welsh"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # For what is known only as "late 2009".
    starts_on = models.DateField(null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    venue_en = models.CharField(_("place in English"), max_length=200, blank=True)
    venue_cy = models.CharField(_("place in Welsh"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    format_en = models.CharField(max_length=200, blank=True)
    format_cy = models.CharField(max_length=200, blank=True)
    audience_en = models.CharField(_("who it is for"), max_length=300, blank=True)
    audience_cy = models.CharField(max_length=300, blank=True)
    led_by_en = models.CharField(max_length=300, blank=True)
    led_by_cy = models.CharField(max_length=300, blank=True)
    outcome_en = models.TextField(blank=True)
    outcome_cy = models.TextField(blank=True)
    # A head count from before Dolen, when nobody's attendance was kept.
    attended_reported = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [F("starts_at").desc(nulls_last=True), "-starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="event_open_only_in_both_languages",
                condition=~Q(status="published")
                | (~Q(title_en="") & ~Q(title_cy="") & Q(starts_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])


class Registration(models.Model):
    """Somebody said yes. What they wrote is kept as they wrote it, sector included."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="registrations"
    )
    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=320)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    language = models.CharField(max_length=2)
    wants_welsh = models.BooleanField(_("would like to use Welsh"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(cancelled_at__isnull=True),
                name="one_registration_an_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class Attendance(models.Model):
    """Somebody came."""

    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="attendance"
    )
    marked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.registration)
