from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Consent, Function, Organisation, Person, Sector
from engagement.people.queries import last_word_is
from engagement.studies.models import Study


class GroupQuerySet(models.QuerySet["Group"]):
    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)

    def steering(self, study: Study) -> Self:
        """Those that decide about the study, the steering group first."""
        deciding = (Group.Kind.STEERING, Group.Kind.PROJECT_BOARD)
        found = self.filter(study=study, kind__in=deciding)
        return found.order_by("-kind", "position", "pk")

    def for_user(self, user: User) -> Self:
        """The groups in which this user's person sits today."""
        theirs = Membership.objects.on(timezone.localdate()).filter(person__user=user)
        return self.filter(pk__in=theirs.order_by().values("seat__group"))

    def with_seat_counts(self) -> Self:
        """With `seat_count` and `empty_seats`."""
        today = timezone.localdate()
        sitting = Membership.objects.on(today).filling().filter(seat=OuterRef("seats"))
        there = Q(seats__in=Seat.objects.on(today).order_by().values("pk"))
        empty = there & Q(seats__filled_unnamed=False) & ~Q(Exists(sitting))
        return self.annotate(
            seat_count=Count("seats", filter=there),
            empty_seats=Count("seats", filter=empty),
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

    # What decisions are numbered with, unless a group says otherwise.
    CODES = {
        "steering": "SG",
        "project_board": "PB",
        "advisory": "AG",
        "dissemination": "DG",
        "working": "WG",
        "senior_forum": "SF",
        "expert": "EG",
        "proposed": "G",
    }

    class Tier(models.TextChoices):
        """Of two-tier governance (the report's Annex 2, 3.13)."""

        STRATEGIC = "strategic", _("Strategic")
        OPERATIONAL = "operational", _("Operational")

    study = models.ForeignKey(
        Study,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("study"),
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("reports to"),
    )
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, blank=True)
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200)
    former_name_en = models.CharField(max_length=200, blank=True)
    former_name_cy = models.CharField(max_length=200, blank=True)
    remit_en = models.TextField(_("remit in English"), blank=True)
    remit_cy = models.TextField(_("remit in Welsh"), blank=True)
    # What its decisions are numbered with: SG-2011-04. Never changed once one is.
    code = models.CharField(_("letters of its decisions"), max_length=12, blank=True)
    # The address of the output that holds them: outputs stand beside groups.
    terms_of_reference = models.SlugField(
        _("terms of reference"), max_length=80, blank=True
    )
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("secretary"),
    )
    # How many seats must be there, in person or by a deputy.
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    # How many days before a meeting its papers go out.
    papers_days = models.PositiveSmallIntegerField(
        _("papers go out, days before"), default=7
    )
    membership_en = models.TextField(blank=True)
    membership_cy = models.TextField(blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["study__position", "position", "slug"]

    def __str__(self) -> str:
        return self.name_en

    @property
    def letters(self) -> str:
        """Of its decisions: SG of a steering group."""
        return self.code or self.CODES[self.kind]

    def get_absolute_url(self) -> str:
        return reverse("groups:detail", args=[self.slug])


class SeatQuerySet(models.QuerySet["Seat"]):
    def on(self, day: date) -> Self:
        """Those that the group had on that day."""
        opened = self.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day))
        return opened.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Seat(Sourced):
    """A place in a group for a body, a sector or a skill, filled or not."""

    class Need(models.TextChoices):
        REQUIRED = "required", _("Required")
        WANTED = "wanted", _("Wanted")

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)
    label_en = models.CharField(_("seat in English"), max_length=200)
    label_cy = models.CharField(_("seat in Welsh"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    sector = models.CharField(
        _("sector"), max_length=20, choices=Sector.choices, blank=True
    )
    function = models.CharField(
        _("function"), max_length=20, choices=Function.choices, blank=True
    )
    skill_en = models.CharField(_("skill, in English"), max_length=200, blank=True)
    skill_cy = models.CharField(_("skill, in Welsh"), max_length=200, blank=True)
    need = models.CharField(
        _("need"), max_length=10, choices=Need.choices, default=Need.REQUIRED
    )
    # From when to when the group has it; a seat that is done away with stays on record.
    opened_on = models.DateField(_("from"), null=True, blank=True)
    closed_on = models.DateField(_("to"), null=True, blank=True)
    # The report knows that a seat was filled, never by whom.
    filled_unnamed = models.BooleanField(default=False)
    note_en = models.CharField(max_length=300, blank=True)
    note_cy = models.CharField(max_length=300, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label_en

    @property
    def whose(self) -> str:
        """Its own sector, or that of the body that it is for; "" where it has none."""
        if self.sector or not self.organisation:
            return self.sector
        return self.organisation.sector


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Those of that day: who sat on 1 March 2010 is a question with an answer. The
        day of `ended_on` is the first without them."""
        return self.filter(started_on__lte=day).lasting(day)

    def lasting(self, day: date) -> Self:
        """Those of that day, and those that begin later."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def within(self, first: date, after: date | None) -> Self:
        """Those of any day from `first` on, up to `after`, which is not one of them."""
        found = self.lasting(first)
        if after is not None:
            found = found.filter(started_on__lt=after)
        # A term that ended on the day it began was of no day.
        return found.exclude(ended_on=models.F("started_on"))

    def filling(self) -> Self:
        """Without deputies and observers."""
        return self.filter(role__in=Membership.FILLING)

    def with_named(self) -> Self:
        """With `named`: their last word is that the public may know that they sit there
        (ADR 0020)."""
        return self.annotate(
            named=last_word_is(
                Consent.Action.GIVEN,
                "person",
                Consent.Purpose.MEMBERSHIP,
                OuterRef("seat__group__slug"),
            )
        )


class Membership(Sourced):
    """Who fills a seat, or stands in for who does, from when to when: the day of
    `ended_on` is the first without them. Rows are ended, never overwritten."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        DEPUTY = "deputy", _("Deputy")

    class Nomination(models.TextChoices):
        BODY = "body", _("Nominated by their body")
        OFFICE = "office", _("Holds the seat by their post")
        INVITED = "invited", _("Invited by the team")
        ELECTED = "elected", _("Elected by the group")
        VOLUNTEERED = "volunteered", _("Volunteered")
        UNKNOWN = "unknown", _("Not known")

    # Who fills the seat; a deputy stands in for them, an observer has no vote.
    FILLING = (Role.CHAIR, Role.SECRETARY, Role.MEMBER)

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="memberships")
    # None once the person has been erased: when the seat was filled stays known.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="memberships"
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, default=Role.MEMBER
    )
    nomination = models.CharField(
        _("how they came to it"),
        max_length=12,
        choices=Nomination.choices,
        default=Nomination.UNKNOWN,
    )
    nomination_note = models.CharField(_("note"), max_length=300, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    # When it was written down that it began, and that it ends: what was written by
    # mistake can be taken back on that day, and on no other.
    entered_on = models.DateField(null=True, default=timezone.localdate)
    end_entered_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_on__isnull=True)
                & Q(role__in=["chair", "secretary", "member"]),
                name="one_person_a_seat",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_on__isnull=True) & Q(role="deputy"),
                name="one_deputy_a_seat",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ended_on__isnull=True)
                | Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"


class DeclaredInterest(models.Model):
    """What a member has declared that might sway them, from when to when."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="declared_interests"
    )
    text = models.TextField(_("interest"))
    declared_on = models.DateField(_("declared on"))
    ended_on = models.DateField(_("no longer since"), null=True, blank=True)

    class Meta:
        ordering = ["declared_on", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def still_so(self) -> Self:
        """Also those that somebody has seen to, and that are so all the same."""
        return self.filter(ceased_at=None)


class Notice(models.Model):
    """Something about a group that its secretary must see to; one at a time of a kind
    about the same thing."""

    class Kind(models.TextChoices):
        EMPTY_SEAT = "empty_seat", _("A seat is empty")
        SILENT_SECTOR = "silent_sector", _("Nobody of a sector came three times")
        NEVER_CAME = "never_came", _("A member has never come")
        CHAIR_LEFT = "chair_left", _("The chair has left")
        NO_SECRETARY = "no_secretary", _("There is no secretary")
        CHAMPION_LEFT = "champion_left", _("The champion has left")
        REVIEW_DUE = "review_due", _("The review is due")

    group = models.ForeignKey(Group, models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    # The seat, the membership or the sector that it is about, as "seat-12".
    about = models.CharField(max_length=40, blank=True)
    raised_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # When it was no longer so, or somebody had seen to it.
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    what_was_done = models.CharField(max_length=500, blank=True)
    # Since when it has not been so: only then can the same thing be raised once more.
    ceased_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind", "about"],
                condition=Q(settled_at__isnull=True),
                name="one_open_notice_a_thing",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
