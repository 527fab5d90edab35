import uuid
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.events.models.choices import HOLDING, RegistrationState
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

    def in_calendars(self) -> Self:
        """What the public may find and whose day is known, latest first."""
        day = Q(starts_on__isnull=False, date_note_en="", date_note_cy="")
        return self.listed().filter(day | Q(starts_at__isnull=False))

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
        """With `registered` (who has a place), `waiting`, `attended`, `places_left`.

        `places_left` is None where places are not limited; a place that is offered to
        somebody on the waiting list is not left.
        """

        def registrations(**condition: Any) -> Count:
            named = {
                f"registrations__{name}": value for name, value in condition.items()
            }
            return Count("registrations", filter=Q(**named), distinct=True)

        return self.annotate(
            registered=registrations(state=RegistrationState.PLACE),
            waiting=registrations(state=RegistrationState.WAITING),
            held=registrations(state__in=HOLDING),
            attended=Count("registrations__attendance", distinct=True),
        ).annotate(places_left=F("capacity") - F("held"))


class Series(models.Model):
    """Events that belong together: repeats of one, or a course in several parts."""

    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["title_en"]

    def __str__(self) -> str:
        return self.title_en


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

    class Mode(models.TextChoices):
        """As schema.org's eventAttendanceMode has them."""

        VENUE = "venue", _("At the venue")
        ONLINE = "online", _("Online")
        BOTH = "both", _("At the venue and online")

    class Languages(models.TextChoices):
        BOTH = "both", _("Welsh and English")
        WELSH = "cy", _("Welsh")
        ENGLISH = "en", _("English")

    MOVES = {
        "proposed": {"planned", "not_held"},
        "planned": {"published", "held", "not_held"},
        "draft": {"published", "not_held"},
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
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("series"),
    )
    slug = models.SlugField(unique=True, max_length=80)
    # UID and SEQUENCE of RFC 5545: the first never changes, the second only rises.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser"),
    )
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
    # Whose clock the times are shown by; they are stored as moments.
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London")
    # For what is known only as "late 2009".
    starts_on = models.DateField(null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    venue_en = models.CharField(_("place in English"), max_length=200, blank=True)
    venue_cy = models.CharField(_("place in Welsh"), max_length=200, blank=True)
    mode = models.CharField(
        _("how people take part"),
        max_length=10,
        choices=Mode.choices,
        default=Mode.VENUE,
    )
    # Shown to those who have a place, and to nobody else.
    join_url = models.URLField(_("link to join online"), max_length=500, blank=True)
    join_note_en = models.TextField(_("how to join, in English"), blank=True)
    join_note_cy = models.TextField(_("how to join, in Welsh"), blank=True)
    languages = models.CharField(
        _("languages used"),
        max_length=4,
        choices=Languages.choices,
        default=Languages.BOTH,
    )
    interpretation = models.BooleanField(
        _("simultaneous interpretation is offered"), default=False
    )
    # At whose meeting a presentation is given.
    host_en = models.CharField(
        _("whose meeting it is, in English"), max_length=200, blank=True
    )
    host_cy = models.CharField(
        _("whose meeting it is, in Welsh"), max_length=200, blank=True
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True
    )
    # How long somebody on the waiting list has to take a place that came free.
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a place"), default=48, validators=[MinValueValidator(1)]
    )
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
    said_en = models.TextField(_("what was said, in English"), blank=True)
    said_cy = models.TextField(_("what was said, in Welsh"), blank=True)
    summary_published_at = models.DateTimeField(null=True, blank=True)
    # A head count from before Dolen, when nobody's attendance was kept.
    attended_reported = models.PositiveIntegerField(
        _("how many people came"), null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

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
            models.CheckConstraint(
                name="event_offers_last_an_hour_at_least",
                condition=Q(offer_hours__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    @property
    def is_ahead(self) -> bool:
        """Published and not begun: places can still change hands."""
        return (
            self.status == self.Status.PUBLISHED
            and self.starts_at is not None
            and self.starts_at > timezone.now()
        )

    @property
    def zone(self) -> ZoneInfo:
        """That of Wales, where the name on record is none that this machine knows."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)

    @property
    def takes_registrations(self) -> bool:
        """Published, not begun and not closed; whether there is a place left is counted
        elsewhere."""
        closes = self.registration_closes_at or self.starts_at
        return (
            self.status == self.Status.PUBLISHED
            and self.starts_at is not None
            and closes is not None
            and min(closes, self.starts_at) > timezone.now()
        )

    @property
    def is_open_to_all(self) -> bool:
        """A meeting of a group is for those who are invited to it."""
        return self.takes_registrations and self.kind != self.Kind.MEETING

    @property
    def takes_attendance(self) -> bool:
        """From the first hour of the day of the event on, where it is."""
        return (
            self.status in {self.Status.PUBLISHED, self.Status.HELD}
            and self.starts_at is not None
            and timezone.localdate(self.starts_at, self.zone)
            <= timezone.localdate(timezone=self.zone)
        )
