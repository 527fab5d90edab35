from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.events.models.events import Event
from engagement.events.models.registrations import Registration
from engagement.studies.models import Study


class Feedback(models.Model):
    """What somebody who came says of it; the words of the report's own survey."""

    class Useful(models.TextChoices):
        VERY = "very", _("Very useful")
        QUITE = "quite", _("Quite useful")
        LIMITED = "limited", _("Of limited use")
        NOT = "not", _("Not useful")

    event = models.ForeignKey(Event, models.PROTECT, related_name="feedback")
    # Set so that nobody answers twice.
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, related_name="feedback"
    )
    useful = models.CharField(_("how useful"), max_length=10, choices=Useful.choices)
    use_for = models.TextField(_("what it will be used for"), blank=True)
    comment = models.TextField(_("anything else"), blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> Self:
        return self.filter(state=Commitment.State.OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def waiting(self) -> Self:
        """Proposed in feedback: for the team to take up."""
        return self.filter(state=Commitment.State.PROPOSED)

    def chosen(
        self, *, which: str, study: Study | None, owner: User | None, today: date
    ) -> Self:
        """Those of that state ("overdue" too), study and owner; each may be left open."""
        rows = self.filter(state=which) if which in Commitment.State.values else self
        rows = rows.overdue(today) if which == "overdue" else rows
        rows = rows.filter(event__study=study) if study else rows
        return rows.filter(owner=owner) if owner else rows

    def told(self) -> Self:
        """What the public may read: whole in both languages, and meant to be shown."""
        whole = self.exclude(text_en="").exclude(text_cy="")
        return whole.filter(is_public=True).exclude(state=Commitment.State.PROPOSED)

    def in_order(self) -> Self:
        """What is to be done first, by its day; then what is settled, the latest first."""
        place = Case(
            When(state=Commitment.State.PROPOSED, then=0),
            When(state=Commitment.State.OPEN, then=1),
            default=2,
        )
        due = F("due_on").asc(nulls_last=True)
        return self.order_by(place, F("settled_at").desc(), due, "pk")


class Commitment(models.Model):
    """What a participant or the team said they would do, by when, and whether they did."""

    class Side(models.TextChoices):
        PARTICIPANT = "participant", _("A participant")
        TEAM = "team", _("The team")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Not done, and why")

    MOVES = {
        "proposed": {"open", "dropped"},
        "open": {"done", "dropped"},
        "done": {"open"},
        "dropped": {"open"},
    }

    event = models.ForeignKey(Event, models.PROTECT, related_name="commitments")
    side = models.CharField(_("who"), max_length=12, choices=Side.choices)
    text_en = models.TextField(_("what, in English"), blank=True)
    text_cy = models.TextField(_("what, in Welsh"), blank=True)
    # The participant who said it, where that is known.
    registration = models.ForeignKey(
        Registration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("participant"),
    )
    # Where a participant wrote it themselves.
    feedback = models.ForeignKey(
        Feedback, models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN
    )
    outcome_en = models.TextField(_("what came of it, in English"), blank=True)
    outcome_cy = models.TextField(_("what came of it, in Welsh"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("shown in public"), default=False)
    # When the owner was reminded of the day, and the participant asked what came of it.
    reminded_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_says_something",
                condition=~Q(text_en="") | ~Q(text_cy=""),
            ),
            models.CheckConstraint(
                name="commitment_settled_at_a_moment",
                condition=Q(state__in=["proposed", "open"], settled_at__isnull=True)
                | Q(state__in=["done", "dropped"], settled_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["feedback", "side"], name="one_commitment_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("events:commitment", args=[self.pk])
