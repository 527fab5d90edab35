from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what to what, and when. Written once, never changed.

    Actor and target are names and numbers, not foreign keys: audit stands below the
    apps that it records, and an entry outlives what it speaks of.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("who"), max_length=200, blank=True)
    action = models.CharField(_("what"), max_length=60, db_index=True)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target = models.CharField(_("to what"), max_length=300)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.target}"
