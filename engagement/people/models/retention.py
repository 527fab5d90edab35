from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.people.models.people import Person


class DueQuerySet(models.QuerySet["Due"]):
    def open(self) -> Self:
        """Listed and not done, held or not."""
        return self.filter(done_at=None)

    def done_since(self, at: object) -> Self:
        return self.filter(done_at__gte=at)


class Due(models.Model):
    """Something whose time to be kept is over: listed first, done at the earliest on a
    day that staff can see coming and can stop.

    The target is a kind and a number: rules of higher apps list their own rows.
    """

    rule = models.CharField(max_length=30)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    # Whom it is about. None for what is about nobody, and once it is done.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="retention"
    )
    listed_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    held_reason = models.CharField(_("reason"), max_length=300, blank=True)
    held_at = models.DateTimeField(null=True)
    # The last night on which it was tried in vain; the log says why.
    failed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "target_id"],
                condition=Q(done_at=None),
                name="listed_once_a_rule",
            ),
            models.CheckConstraint(
                name="held_with_a_reason",
                condition=Q(held_at=None, held_reason="")
                | Q(held_at__isnull=False) & ~Q(held_reason=""),
            ),
            models.CheckConstraint(
                name="nobody_named_once_done",
                condition=Q(done_at=None) | Q(person=None, held_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} #{self.target_id}"
