from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.evidence.models.uses import EvidenceOfUse


class Source(Sourced):
    """Who says so, and where it can be looked up. `source` names a paragraph. Names
    nobody; a file is for staff."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Somebody's own account")
        SECOND = "second", _("A second person who knows of it")
        DOCUMENT = "document", _("A document")
        OUTSIDE = "outside", _("Somebody from outside who checked it")

    use = models.ForeignKey(EvidenceOfUse, models.CASCADE, related_name="sources")
    kind = models.CharField(_("who says so"), max_length=10, choices=Kind.choices)
    title_en = models.CharField(_("what it is, in English"), max_length=200)
    title_cy = models.CharField(_("what it is, in Welsh"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    upload = models.FileField(upload_to="evidence/%Y/", max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_document_can_be_looked_up",
                condition=Q(kind__in=["account", "second"])
                | ~Q(url="")
                | ~Q(upload="")
                | ~Q(source=""),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Step(models.Model):
    """By which event, issue, meeting or programme the research came to be used. `kind`
    and `target` are those of the graph; a programme has words alone."""

    PROGRAMME = "programme"

    use = models.ForeignKey(EvidenceOfUse, models.CASCADE, related_name="path")
    kind = models.CharField(_("by what"), max_length=20)
    target = models.BigIntegerField(null=True, blank=True)
    label_en = models.CharField(_("name in English"), max_length=200, blank=True)
    label_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "kind", "target"], name="a_step_once_a_use"
            ),
            models.CheckConstraint(
                name="a_step_is_a_thing_or_words",
                condition=Q(target__isnull=False) | ~Q(label_en="") & ~Q(label_cy=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target or self.label_en}"
