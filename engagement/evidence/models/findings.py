from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.studies.models import Study


class Finding(Sourced):
    """What helped, what stood in the way, and how research may be misused: the coded list
    that entries point at."""

    class Kind(models.TextChoices):
        FACTOR = "factor", _("What helped")
        BARRIER = "barrier", _("What stood in the way")
        MISUSE = "misuse", _("Risk of misuse")

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    category_en = models.CharField(max_length=60, blank=True)
    category_cy = models.CharField(max_length=60, blank=True)
    text_en = models.TextField()
    text_cy = models.TextField()

    class Meta:
        ordering = ["kind", "slug"]

    def __str__(self) -> str:
        return self.text_en[:80]
