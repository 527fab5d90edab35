from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils.translation import gettext_lazy as _

from engagement.events.models.choices import HOLDING, IN_FORCE, RegistrationState
from engagement.events.models.events import Event
from engagement.events.models.invitations import Invitation
from engagement.people.models import Function, Person, Sector

RANK = (
    RegistrationState.PLACE,
    RegistrationState.OFFERED,
    RegistrationState.WAITING,
    RegistrationState.LAPSED,
    RegistrationState.CANCELLED,
)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def live(self) -> Self:
        """Those that have a place."""
        return self.filter(state=RegistrationState.PLACE)

    def in_force(self) -> Self:
        """Those that have a place, are offered one, or wait."""
        return self.filter(state__in=IN_FORCE)

    def holding(self) -> Self:
        """Those that take up a place, offered ones too."""
        return self.filter(state__in=HOLDING)

    def in_line(self) -> Self:
        """The waiting list, in order of arrival; a deputy arrived when the one did whose
        place it is."""
        waiting = self.filter(state=RegistrationState.WAITING)
        return waiting.order_by("created_at", "pk")

    def by_state(self) -> Self:
        """Who has a place, who is offered one, who waits, and the others; each in order
        of arrival."""
        order = [When(state=state, then=place) for place, state in enumerate(RANK)]
        return self.order_by(Case(*order, output_field=models.IntegerField()), "pk")

    def for_calendar_of(self, person: Person) -> Self:
        """What somebody has a place at, is offered one at, or waits for; a cancelled
        event too."""
        rows = self.in_force().filter(person=person, event__starts_at__isnull=False)
        return rows.select_related("event").order_by("event__starts_at", "pk")

    def at_the_door(self) -> Self:
        """Whom a door has on its list: those in force, and those it let in though they
        had cancelled."""
        found = self.annotate(words=Count("check_ins")).select_related("attendance")
        let_in = Q(words__gt=0) & ~Q(source="walk_in")
        return found.filter(Q(state__in=IN_FORCE) | let_in)

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

    State = RegistrationState

    class Source(models.TextChoices):
        FORM = "form", _("Registered on the site")
        INVITATION = "invitation", _("Said yes to an invitation")
        DEPUTY = "deputy", _("Sent as a deputy")
        STAFF = "staff", _("Entered by the team")
        WALK_IN = "walk_in", _("Walked in")
        IMPORT = "import", _("From an attendance report")

    MOVES = {
        "waiting": {"offered", "place", "cancelled"},
        "offered": {"place", "lapsed", "cancelled"},
        "place": {"cancelled"},
        # At the door, for who comes after all.
        "cancelled": {"place"},
        "lapsed": {"place"},
    }

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="registrations"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLACE
    )
    source = models.CharField(
        _("how it was made"), max_length=12, choices=Source.choices, default=Source.FORM
    )
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    # Whose place a deputy has taken.
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=320, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    function = models.CharField(
        _("function"), max_length=20, choices=Function.choices, blank=True
    )
    language = models.CharField(max_length=2)
    wants_welsh = models.BooleanField(_("would like to use Welsh"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    # Added to the event's SEQUENCE in what this person's calendar is sent: it only rises.
    sequence = models.PositiveIntegerField(default=0)
    # The kind of mail that is still to be written about it.
    mail_due = models.CharField(max_length=40, blank=True)
    # When each of these was sent; it is sent once.
    reminded_at = models.DateTimeField(null=True, blank=True)
    joining_sent_at = models.DateTimeField(null=True, blank=True)
    feedback_asked_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["mail_due"],
                condition=~Q(mail_due=""),
                name="registrations_with_mail_due",
            )
        ]
        constraints = [
            # Somebody who walked in may have given no address.
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(state__in=IN_FORCE) & ~Q(email=""),
                name="one_registration_an_address",
            ),
            models.CheckConstraint(
                name="registration_cancelled_at_a_moment",
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | ~Q(state="cancelled") & Q(cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="registration_offered_until_a_moment",
                condition=~Q(state="offered") | Q(offered_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # The audit trail keeps this, so no name.
        return self.reference

    @property
    def at_door(self) -> str:
        """ "in", "due", "waiting" or "gone"; of rows of `at_the_door`, without a query."""
        if hasattr(self, "attendance"):
            return "in"
        if self.state == RegistrationState.PLACE:
            return "due"
        return "waiting" if self.state in IN_FORCE else "gone"


class Needs(models.Model):
    """What somebody needs to be able to take part: seen by few, and soon deleted."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="needs"
    )
    access = models.TextField(_("access needs"), blank=True)
    dietary = models.TextField(_("dietary needs"), blank=True)

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return str(self.registration)


class QuotaQuerySet(models.QuerySet["Quota"]):
    def with_taken(self) -> Self:
        """With `taken`: how many of the sector hold a place."""
        theirs = Q(
            event__registrations__sector=F("sector"),
            event__registrations__state__in=HOLDING,
        ) & ~Q(event__registrations__source="walk_in")
        return self.annotate(taken=Count("event__registrations", filter=theirs))


class Quota(models.Model):
    """How many places a sector may take up at the most."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="quotas")
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    places = models.PositiveIntegerField(_("places"))

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sector"], name="one_quota_a_sector"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_sector_display()}: {self.places}"
