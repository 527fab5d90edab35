from django.db import models
from django.utils.translation import gettext_lazy as _


class Hit(models.Model):
    """One raw request to something tracked, kept with the class a rule gave it.

    `client` is a keyed hash of address and user agent under a key that changes each
    day: it tells readers of one day apart and cannot be followed to the next.
    The target is a kind and a number: metrics stands below the apps that own them.
    """

    class Class(models.TextChoices):
        PERSON = "person", _("person")
        MACHINE = "machine", _("machine")
        PROXY = "proxy", _("proxy")
        SUSPECT = "suspect", _("suspect")

    at = models.DateTimeField(db_index=True)
    target_kind = models.CharField(max_length=30)
    target_id = models.BigIntegerField()
    study_id = models.BigIntegerField(null=True, db_index=True)
    client = models.CharField(max_length=32)
    user_agent = models.CharField(max_length=300, blank=True)
    # Beside the user agent, what the rules look at: kept so that they can run again.
    prefetch = models.BooleanField(default=False)
    signed_in = models.BooleanField(default=False)
    hit_class = models.CharField(max_length=10, choices=Class.choices)
    rule = models.CharField(max_length=60)
    rules_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_kind", "target_id", "at"])]
        verbose_name = _("hit")
        verbose_name_plural = _("hits")

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id} at {self.at:%Y-%m-%d %H:%M}"
