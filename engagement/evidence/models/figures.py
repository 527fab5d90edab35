from django.db import models
from django.db.models import F, Q

from engagement.core.models import Sourced
from engagement.studies.models import Study


class PublishedFigure(Sourced):
    """A count that somebody published, with its base. Percentages are worked out."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="published_figures")
    slug = models.SlugField(unique=True, max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    question_en = models.CharField(max_length=300)
    question_cy = models.CharField(max_length=300)
    answer_en = models.CharField(max_length=200)
    answer_cy = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    base = models.PositiveIntegerField()
    # Who could have been in the base, where that is known; the same number: a census.
    population = models.PositiveIntegerField(null=True, blank=True)
    base_note_en = models.CharField(max_length=300, blank=True)
    base_note_cy = models.CharField(max_length=300, blank=True)
    published = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="published_count_within_its_base",
                condition=Q(count__lte=F("base"), base__gt=0),
            ),
            models.CheckConstraint(
                name="published_base_within_its_population",
                condition=Q(population=None) | Q(base__lte=F("population")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_en}: {self.count}"
