from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Person, Sector
from engagement.studies.models import Study

# Days known only roughly come after days known to the hour.
LATEST_FIRST = [
    F("starts_at").desc(nulls_last=True),
    F("starts_on").desc(nulls_last=True),
    F("slug").asc(),
]


class Section(models.IntegerChoices):
    """The parts of the list of events; the first is for staff."""

    DRAFT = 0, _("Drafts")
    UPCOMING = 1, _("Coming up")
    PAST = 2, _("Past")
    NOT_HELD = 3, _("Planned and not held")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them for those who manage events; no drafts for anybody else."""
        return self if user.has_perm("events.manage") else self.listed()

    def listed(self) -> Self:
        """What the public may find."""
        return self.exclude(status=Event.Status.DRAFT)

    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)

    def in_sections(self) -> Self:
        """With `section`, and in order: what comes next first, then the latest first.

        A published event stays among those coming up until it has ended. What is
        planned for no known day has not been held.
        """
        ahead = Q(ends_or_starts__gte=timezone.now())
        kept = self.annotate(ends_or_starts=Coalesce("ends_at", "starts_at"))
        section = Case(
            When(ahead, status__in=["published", "planned"], then=Section.UPCOMING),
            When(status="ongoing", then=Section.UPCOMING),
            When(status="draft", then=Section.DRAFT),
            When(status__in=["held", "published"], then=Section.PAST),
            default=Value(Section.NOT_HELD),
            output_field=models.IntegerField(),
        )
        return kept.annotate(section=section).order_by(
            "section",
            Case(When(section=Section.UPCOMING, then=F("starts_at"))).asc(
                nulls_last=True
            ),
            *LATEST_FIRST,
        )

    def upcoming(self) -> Self:
        """What comes next, soonest first."""
        return self.in_sections().filter(section=Section.UPCOMING)

    def with_counts(self) -> Self:
        """With `registered` (cancelled ones left out), `attended`, `places_left`.

        `places_left` is None where places are not limited.
        """
        live = Q(registrations__cancelled_at__isnull=True)
        return self.annotate(
            registered=Count("registrations", filter=live, distinct=True),
            attended=Count("registrations__attendance", distinct=True),
        ).annotate(places_left=F("capacity") - F("registered"))


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
        Study,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("study"),
    )
    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    status_note_en = models.TextField(_("reason, in English"), blank=True)
    status_note_cy = models.TextField(_("reason, in Welsh"), blank=True)
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
    audience_en = models.CharField(
        _("who it is for, in English"), max_length=300, blank=True
    )
    audience_cy = models.CharField(
        _("who it is for, in Welsh"), max_length=300, blank=True
    )
    led_by_en = models.CharField(max_length=300, blank=True)
    led_by_cy = models.CharField(max_length=300, blank=True)
    outcome_en = models.TextField(_("what came of it, in English"), blank=True)
    outcome_cy = models.TextField(_("what came of it, in Welsh"), blank=True)
    # A head count from before Dolen, when nobody's attendance was kept.
    attended_reported = models.PositiveIntegerField(
        _("how many people came"), null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = LATEST_FIRST
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

    @property
    def takes_registrations(self) -> bool:
        """Published and not begun; whether there is a place left is counted elsewhere."""
        return (
            self.status == self.Status.PUBLISHED
            and self.starts_at is not None
            and self.starts_at > timezone.now()
        )

    @property
    def takes_attendance(self) -> bool:
        """From the first hour of the day of the event on, in Wales."""
        return (
            self.status in {self.Status.PUBLISHED, self.Status.HELD}
            and self.starts_at is not None
            and timezone.localdate(self.starts_at) <= timezone.localdate()
        )


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def live(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def for_study(self, study_id: int) -> Self:
        """Registrations at the study's events; a cancelled event has none."""
        return self.filter(event__study_id=study_id).exclude(
            event__status=Event.Status.CANCELLED
        )

    def by_sector(self) -> list[tuple[str, int]]:
        """Each sector that occurs and how many, in the order of Sector."""
        found = dict(self.order_by().values_list("sector").annotate(number=Count("pk")))
        return [(sector, found[sector]) for sector in Sector if sector in found]


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

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(cancelled_at__isnull=True),
                name="one_registration_an_address",
            )
        ]

    def __str__(self) -> str:
        # The audit trail keeps this, so no name.
        return self.reference


class Attendance(models.Model):
    """Somebody came."""

    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="attendance"
    )
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return str(self.registration)
