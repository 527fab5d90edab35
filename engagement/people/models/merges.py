from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """Two people or bodies made one: what was moved, so that it can be undone."""

    class Kind(models.TextChoices):
        PERSON = "person", _("People")
        ORGANISATION = "organisation", _("Organisations")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    kept_id = models.BigIntegerField()
    merged_id = models.BigIntegerField()
    # {"app.model.field": [primary keys]} of the rows that pointed at the merged one.
    moved = models.JSONField(default=dict)
    # The kept one's own fields as they were, {name: value}.
    before = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="merge_of_two", condition=~Q(kept_id=F("merged_id"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.merged_id} → #{self.kept_id}"


class NotTheSame(models.Model):
    """Two that look alike and are not: they are not suggested again. The lower
    number first."""

    kind = models.CharField(max_length=12, choices=Merge.Kind.choices)
    one_id = models.BigIntegerField()
    other_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "one_id", "other_id"], name="not_the_same_once"
            ),
            models.CheckConstraint(
                name="not_the_same_in_order", condition=Q(one_id__lt=F("other_id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.one_id} is not #{self.other_id}"
