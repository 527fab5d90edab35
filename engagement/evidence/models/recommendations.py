from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Organisation
from engagement.studies.models import Study


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def ahead(self) -> Self:
        """Of which something is still to be done or decided."""
        return self.filter(state__in=Recommendation.AHEAD)

    def overdue(self, today: date) -> Self:
        return self.ahead().filter(due_on__lt=today)

    def chosen(
        self, *, study: Study | None, which: str, owner: User | None, today: date
    ) -> Self:
        """`which` is a state, "overdue", "ownerless" or "" for all."""
        found = self.filter(study=study) if study else self
        found = found.filter(owner=owner) if owner else found
        if which == "overdue":
            return found.overdue(today)
        if which == "ownerless":
            return found.ahead().filter(owner=None, owner_words_en="")
        return found.filter(state=which) if which else found

    def in_order(self) -> Self:
        return self.order_by(F("due_on").asc(nulls_last=True), "slug")


class Recommendation(Sourced):
    """What should be done, who sees to it, and how far that has come."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    AHEAD = (State.OPEN, State.ACCEPTED, State.UNDER_WAY)
    MOVES = {
        "open": {"accepted", "declined"},
        "accepted": {"under_way", "done", "declined"},
        "under_way": {"accepted", "done", "declined"},
        "done": {"under_way"},
        "declined": {"open"},
    }

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    slug = models.SlugField(unique=True)
    text_en = models.TextField()
    text_cy = models.TextField()
    addressed_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True
    )
    addressed_to_en = models.CharField(max_length=200, blank=True)
    addressed_to_cy = models.CharField(max_length=200, blank=True)
    # Somebody with an account, or a post or body in words.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("who sees to it"),
    )
    owner_words_en = models.CharField(max_length=200, blank=True)
    owner_words_cy = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN
    )
    # The report says nothing of what became of it: this state is made up.
    state_is_synthetic = models.BooleanField(default=False)
    state_at = models.DateTimeField(_("in this state since"), null=True, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="recommendation_owner_in_both_languages",
                condition=Q(owner_words_en="", owner_words_cy="")
                | ~Q(owner_words_en="") & ~Q(owner_words_cy=""),
            )
        ]

    def __str__(self) -> str:
        return self.text_en[:80]

    def get_absolute_url(self) -> str:
        return reverse("evidence:recommendation", args=[self.pk])


class RecommendationNote(models.Model):
    """How it stood on a day, for staff. Added, never changed."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="notes"
    )
    on = models.DateField(_("on"))
    text = models.TextField(_("note"))
    # What it was moved to with this note, or "".
    state = models.CharField(
        max_length=10, choices=Recommendation.State.choices, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
