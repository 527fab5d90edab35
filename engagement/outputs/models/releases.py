from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced, WrittenOnce, WrittenOnceQuerySet
from engagement.outputs.models.editions import Edition
from engagement.studies.models import Study


class ReleaseQuerySet(models.QuerySet["Release"]):
    def announced(self) -> Self:
        """What stands in the public calendar: all but drafts."""
        return self.exclude(state=Release.State.DRAFT)

    def coming(self) -> Self:
        """The next first, by what is known of the time: its day, or its month."""
        states = (Release.State.PLANNED, Release.State.CONFIRMED)
        known = Coalesce(
            "publish_at", "planned_month", output_field=models.DateTimeField()
        )
        return self.filter(state__in=states).order_by(known, "pk")

    def out(self) -> Self:
        """The newest first."""
        found = self.filter(state=Release.State.PUBLISHED)
        return found.order_by("-published_at", "-pk")

    def cancelled(self) -> Self:
        return self.filter(state=Release.State.CANCELLED).order_by("-pk")

    def due(self, now: datetime) -> Self:
        """Those that go out by themselves; one that is held waits for a person."""
        state = Release.State.CONFIRMED
        return self.filter(state=state, publish_at__lte=now, held_reason="")

    def with_changes(self) -> Self:
        return self.prefetch_related("changes")


class Release(Sourced):
    """Editions, both languages, their files, a news item and an issue of a newsletter,
    published together at a time that was announced before.

    The rules are those of the Code of Practice for Statistics (T3, orderly release): the
    month is announced first and then the day; a change is explained; 9.30 in the morning.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")
        CONFIRMED = "confirmed", _("Confirmed")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    # Planned knows the month, confirmed the day. A draft that nobody was told of may go
    # out as it is, and one that was called off may be planned again.
    MOVES = {
        "draft": {"planned", "confirmed", "published"},
        "planned": {"planned", "confirmed", "cancelled"},
        "confirmed": {"confirmed", "published", "planned", "cancelled"},
        "cancelled": {"planned", "confirmed"},
    }

    study = models.ForeignKey(Study, models.PROTECT, related_name="releases")
    slug = models.SlugField(unique=True, max_length=80)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    # These two are public as soon as the release is announced.
    title_en = models.CharField(_("title in English"), max_length=300)
    title_cy = models.CharField(_("title in Welsh"), max_length=300)
    # The news item is published with the rest.
    news_en = models.TextField(_("news item in English"), blank=True)
    news_cy = models.TextField(_("news item in Welsh"), blank=True)
    # The first day of the month, where no more is known.
    planned_month = models.DateField(_("month"), null=True, blank=True)
    publish_at = models.DateTimeField(_("time"), null=True, blank=True, db_index=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason_en = models.TextField(blank=True)
    cancelled_reason_cy = models.TextField(blank=True)
    # Four eyes: who asked and who agreed are two people, and to the same content.
    submitted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    # The words themselves: to show what has changed since.
    approved_content = models.JSONField(default=dict, blank=True)
    # A code of why it did not go out by itself; shown to staff until it is mended.
    held_reason = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["publish_at", "planned_month", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_confirmed_release_has_its_time",
                condition=~Q(state__in=("confirmed", "published"))
                | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_planned_release_has_its_month",
                condition=~Q(state="planned") | Q(planned_month__isnull=False),
            ),
            models.CheckConstraint(
                name="a_release_is_cancelled_with_a_reason",
                condition=~Q(state="cancelled")
                | (~Q(cancelled_reason_en="") & ~Q(cancelled_reason_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("outputs:release", args=[self.slug])

    @property
    def when(self) -> date | datetime | None:
        """When it came or comes out: a moment, or a day that stands for its month."""
        return self.published_at or self.publish_at or self.planned_month

    @property
    def is_out(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_due(self) -> bool:
        """Its time has come, whether or not it went out."""
        return self.publish_at is not None and self.publish_at <= timezone.now()


class ReleaseItem(models.Model):
    """An edition that goes out with a release, and with no other."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="items")
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="release_item")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.release}: {self.edition}"


class ReleaseChange(WrittenOnce):
    """What became of an announced date. Rows are only added: nothing takes one away."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    # Each as it was announced: a month or a time.
    old_month = models.DateField(null=True)
    old_at = models.DateTimeField(null=True)
    new_month = models.DateField(null=True)
    new_at = models.DateTimeField(null=True)
    # Confirming the day of a planned month needs none.
    reason_en = models.TextField(blank=True)
    reason_cy = models.TextField(blank=True)

    objects = WrittenOnceQuerySet["ReleaseChange"].as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.release} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def old(self) -> date | datetime | None:
        """What was announced before, as `release_when` takes it."""
        return self.old_at or self.old_month

    @property
    def new(self) -> date | datetime | None:
        return self.new_at or self.new_month


class PreReleaseAccessQuerySet(models.QuerySet["PreReleaseAccess"]):
    def in_list(self) -> Self:
        """Who has or had access, for the public list: by post and body."""
        return self.filter(revoked_at=None).order_by("body", "post", "pk")


class PreReleaseAccess(models.Model):
    """Who may see a release before it is out, why, and from when to when."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="pre_release_access"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=320)
    # The public list shows these two, and no name.
    post = models.CharField(_("post"), max_length=200)
    body = models.CharField(_("body"), max_length=200)
    reason = models.TextField(_("reason"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    given_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PreReleaseAccessQuerySet.as_manager()

    class Meta:
        ordering = ["body", "name"]
        constraints = [
            models.CheckConstraint(
                name="pre_release_access_ends_after_it_starts",
                condition=Q(ends_at__gt=models.F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} to {self.release}"

    @property
    def audit_name(self) -> str:
        """The trail outlives an erasure: whose post, not who."""
        return f"{self.release}: {self.post}, {self.body}"
