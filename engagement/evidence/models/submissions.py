from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.evidence.models.uses import EvidenceOfUse
from engagement.people.models import Sector
from engagement.studies.models import Study


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> Self:
        return self.filter(state=Submission.State.SUBMITTED)

    def in_order(self) -> Self:
        """Those that wait first, the oldest of them on top; then the latest."""
        waits = models.Case(models.When(state="submitted", then=0), default=1)
        return self.order_by(waits, "settled_at", "created_at", "pk")


class Submission(models.Model):
    """What anybody told us of how they used the research: not yet evidence."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        TAKEN_UP = "taken_up", _("Put on record")
        DECLINED = "declined", _("Declined")

    MOVES = {"submitted": {"taken_up", "declined"}, "declined": {"taken_up"}}

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    # The page it was sent from, by the graph's kinds.
    page_kind = models.CharField(max_length=20)
    page_id = models.BigIntegerField()
    text = models.TextField(_("what you did with it"))
    body = models.CharField(_("body"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    decision = models.TextField(_("decision"), blank=True)
    may_publish = models.BooleanField(_("may be published"))
    language = models.CharField(max_length=2)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.SUBMITTED
    )
    reason = models.TextField(_("why it was declined"), blank=True)
    use = models.OneToOneField(
        EvidenceOfUse,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submission",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("use that was told")
        verbose_name_plural = _("uses that were told")
        constraints = [
            models.CheckConstraint(
                name="submission_declined_with_a_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="submission_settled_at_a_moment",
                condition=Q(state="submitted", settled_at__isnull=True)
                | ~Q(state="submitted") & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
