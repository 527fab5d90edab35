from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.events.models import Event
from engagement.people.models import Organisation, Person, Sector
from engagement.studies.models import Study


class GroupQuerySet(models.QuerySet["Group"]):
    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)

    def for_user(self, user: User) -> Self:
        """The groups in which this user's person sits now."""
        return self.filter(
            seats__memberships__person__user=user,
            seats__memberships__ended_on__isnull=True,
        ).distinct()

    def with_seat_counts(self) -> Self:
        """With `seat_count` and `empty_seats`."""
        sitting = Membership.objects.filter(seat=OuterRef("seats"), ended_on=None)
        empty = Q(seats__filled_unnamed=False) & ~Q(Exists(sitting))
        return self.annotate(
            seat_count=Count("seats"), empty_seats=Count("seats", filter=empty)
        )


class Group(Sourced):
    class Kind(models.TextChoices):
        STEERING = "steering", _("Steering group")
        PROJECT_BOARD = "project_board", _("Project board")
        ADVISORY = "advisory", _("Advisory group")
        DISSEMINATION = "dissemination", _("Dissemination group")
        WORKING = "working", _("Working group")
        SENIOR_FORUM = "senior_forum", _("Senior forum")
        EXPERT = "expert", _("Expert group")
        PROPOSED = "proposed", _("Proposed group")

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="groups"
    )
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200)
    former_name_en = models.CharField(max_length=200, blank=True)
    former_name_cy = models.CharField(max_length=200, blank=True)
    remit_en = models.TextField(_("remit in English"), blank=True)
    remit_cy = models.TextField(_("remit in Welsh"), blank=True)
    membership_en = models.TextField(blank=True)
    membership_cy = models.TextField(blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["study__position", "position", "slug"]

    def __str__(self) -> str:
        return self.name_en

    def get_absolute_url(self) -> str:
        return reverse("groups:detail", args=[self.slug])


class Seat(Sourced):
    """A place in a group for a body or a sector, filled or not."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)
    label_en = models.CharField(_("seat in English"), max_length=200)
    label_cy = models.CharField(_("seat in Welsh"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    # The report knows that a seat was filled, never by whom.
    filled_unnamed = models.BooleanField(default=False)
    note_en = models.CharField(max_length=300, blank=True)
    note_cy = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label_en


class Membership(Sourced):
    """Who fills a seat, from when to when."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="memberships")
    # None once the person has been erased: when the seat was filled stays known.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="memberships"
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_on__isnull=True),
                name="one_person_a_seat",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"


class Meeting(models.Model):
    """A group's event."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    event = models.OneToOneField(Event, models.PROTECT, related_name="meeting")

    def __str__(self) -> str:
        return str(self.event)


class Paper(Sourced):
    """What is read before a meeting; for members only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    file = models.FileField(_("file"), upload_to="papers/%Y/", max_length=300)
    language = models.CharField(_("language"), max_length=2)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.title_en


class Decision(Sourced):
    """What was settled at a meeting; public."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    text_en = models.TextField(_("decision in English"))
    text_cy = models.TextField(_("decision in Welsh"))
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_in_both_languages",
                condition=~Q(text_en="") & ~Q(text_cy=""),
            )
        ]

    def __str__(self) -> str:
        return self.text_en[:80]
