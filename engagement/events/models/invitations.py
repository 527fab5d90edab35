from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.events.models.events import Event
from engagement.people.models import Audience, Person, Sector


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(withdrawn_at=None)

    def unanswered(self) -> Self:
        return self.standing().filter(answer="")

    def for_study(self, study_id: int) -> Self:
        """Standing ones to the study's events; a cancelled event has none."""
        return (
            self.standing()
            .filter(event__study_id=study_id)
            .exclude(event__status=Event.Status.CANCELLED)
        )

    def by_sector(self) -> list[tuple[str, int, list[int]]]:
        """Each sector that occurs, "" last, with how many were asked and how many gave
        each answer, in the order of Answer, and none."""
        found = {
            (sector, answer): number
            for sector, answer, number in self.order_by()
            .values_list("sector", "answer")
            .annotate(models.Count("pk"))
        }
        answers = [*Invitation.Answer.values, ""]
        rows = [
            (key, [found.get((key, answer), 0) for answer in answers])
            for key in [*Sector.values, ""]
        ]
        return [(key, sum(row), row) for key, row in rows if sum(row)]

    def by_answer(self) -> list[tuple[str, int]]:
        """Each answer in the order of Answer, "" (none) last, and how many."""
        found = dict(self.order_by().values_list("answer").annotate(models.Count("pk")))
        return [(key, found.get(key, 0)) for key in [*Invitation.Answer.values, ""]]


class Invitation(models.Model):
    """Somebody was asked, by name. Name, address and sector are those of that day."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        DEPUTY = "deputy", _("Sends a deputy")
        KEEP_INFORMED = "keep_informed", _("Cannot come, wants to be kept informed")

    event = models.ForeignKey(Event, models.PROTECT, related_name="invitations")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="invitations"
    )
    # Whom it was chosen with.
    audience = models.ForeignKey(
        Audience, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=320)
    sector = models.CharField(
        _("sector"), max_length=20, choices=Sector.choices, blank=True
    )
    function = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2)
    answer = models.CharField(
        _("answer"), max_length=14, choices=Answer.choices, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"], name="nobody_invited_twice"
            ),
            models.UniqueConstraint(
                fields=["event", "email"], name="no_address_invited_twice"
            ),
            models.CheckConstraint(
                name="invitation_answered_at_a_moment",
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # The audit trail keeps this, so no name.
        return f"#{self.pk}"
