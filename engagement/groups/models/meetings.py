from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.events.models import Event
from engagement.groups.models.groups import Group, Membership


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def in_terms_of(self, user: User) -> Self:
        """Of the groups in which this user's person sits today: those on a day of a term
        of theirs, and those whose day nobody knows. Not the ones before they came, and
        none at all from the day on which their term ends."""
        terms = Membership.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=OuterRef("day")),
            person__user=user,
            seat__group=OuterRef("group"),
            started_on__lte=OuterRef("day"),
        )
        day = Coalesce(TruncDate("event__starts_at"), "event__starts_on")
        return self.annotate(day=day).filter(
            Q(day=None) | Q(Exists(terms)), group__in=Group.objects.for_user(user)
        )


class Meeting(models.Model):
    """A group's event. Its minutes are written beside its agenda."""

    class Minutes(models.TextChoices):
        NONE = "none", _("Not written yet")
        DRAFT = "draft", _("Draft")
        CIRCULATED = "circulated", _("Sent to members")
        APPROVED = "approved", _("Approved")

    MOVES = {
        "none": {"draft"},
        "draft": {"circulated"},
        "circulated": {"draft", "approved"},
    }

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    event = models.OneToOneField(Event, models.PROTECT, related_name="meeting")
    # When the papers went out; what comes later is late.
    circulated_at = models.DateTimeField(null=True, blank=True)
    minutes = models.CharField(
        _("minutes"), max_length=12, choices=Minutes.choices, default=Minutes.NONE
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # The meeting that approved the minutes of this one.
    approved_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="approves"
    )
    minutes_public = models.BooleanField(_("minutes are public"), default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="minutes_approved_at_a_moment",
                condition=Q(minutes="approved", approved_at__isnull=False)
                | ~Q(minutes="approved") & Q(approved_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.event)


class Purpose(models.TextChoices):
    DECISION = "decision", _("For decision")
    DISCUSSION = "discussion", _("For discussion")
    INFORMATION = "information", _("For information")


class AgendaItem(models.Model):
    """What a meeting speaks about, in order, and what was said."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    purpose = models.CharField(
        _("what it is for"),
        max_length=12,
        choices=Purpose.choices,
        default=Purpose.INFORMATION,
    )
    # Minutes of time; when it begins is counted from the meeting's start.
    duration = models.PositiveSmallIntegerField(_("minutes it takes"), default=10)
    owner = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who leads it"),
    )
    minutes_en = models.TextField(_("what was said, in English"), blank=True)
    minutes_cy = models.TextField(_("what was said, in Welsh"), blank=True)
    # "Matters arising": shows what was owed to the group when the meeting began.
    carries = models.BooleanField(default=False)
    # Left out of what the public is shown.
    redacted = models.BooleanField(_("not for the public"), default=False)
    # Counts the saves, so that of two writers neither overwrites the other.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(carries=True),
                name="matters_arise_once_a_meeting",
            )
        ]

    def __str__(self) -> str:
        return self.title_en


class Paper(Sourced):
    """What is read before a meeting; for members only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("item of the agenda"),
    )
    purpose = models.CharField(
        _("what it is for"),
        max_length=12,
        choices=Purpose.choices,
        default=Purpose.INFORMATION,
    )
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    file = models.FileField(_("file"), upload_to="papers/%Y/", max_length=300)
    language = models.CharField(_("language"), max_length=2)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.title_en

    @property
    def is_late(self) -> bool:
        """Came when the others had gone out. The meeting must be at hand."""
        sent = self.meeting.circulated_at
        return sent is not None and self.uploaded_at > sent


class PaperRead(models.Model):
    """A member has opened a paper, by themselves or in the pack."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="reads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="papers_read"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "user"], name="a_paper_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.user_id}"


class MinutesNote(models.Model):
    """A dated correction of minutes that were approved, which stay as they are."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    text_en = models.TextField(_("note in English"))
    text_cy = models.TextField(_("note in Welsh"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Pack(models.Model):
    """All papers of a meeting as one PDF, made in the background."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Being made")
        MADE = "made", _("Made")
        FAILED = "failed", _("Failed")

    MOVES = {
        "waiting": {"making"},
        "making": {"made", "failed", "waiting"},
        "made": {"waiting"},
        "failed": {"waiting"},
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs")
    language = models.CharField(max_length=2)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="packs/%Y/", max_length=300, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # What its words and papers were when it was made: another one, and it is stale.
    made_of = models.CharField(max_length=64, blank=True)
    # The numbers of the papers whose pages are in it.
    holds = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField()
    # When its worker was last heard of, and how many have tried.
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "language"], name="one_pack_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.language}"
