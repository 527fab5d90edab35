from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.outputs.models import Output
from engagement.people.models import Organisation, Sector
from engagement.studies.models import Study


class EvidenceOfUseQuerySet(models.QuerySet["EvidenceOfUse"]):
    def chosen(self, *, use_type: str, sector: str, confidence: str) -> Self:
        """Those of that kind, sector and sureness; "" leaves one open."""
        wanted = {"use_type": use_type, "sector": sector, "confidence": confidence}
        return self.filter(**{name: value for name, value in wanted.items() if value})


class EvidenceOfUse(Sourced):
    """One documented use of research. Amounts overlap and must never be added up."""

    class UseType(models.TextChoices):
        INSTRUMENTAL = "instrumental", _("Instrumental")
        CONCEPTUAL = "conceptual", _("Conceptual")
        MIXED = "mixed", _("Instrumental and conceptual")
        TACTICAL = "tactical", _("Political or tactical")
        INTENDED = "intended", _("Intended")
        POTENTIAL = "potential", _("Potential")
        UNKNOWN = "unknown", _("Not known")

    class Confidence(models.TextChoices):
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")
        SELF_REPORT = "self_report", _("Self-reported")
        INTENDED = "intended", _("Intended only")
        POTENTIAL = "potential", _("Potential only")

    class Model(models.TextChoices):
        RATIONAL_LINEAR = "rational_linear", _("Rational, linear or knowledge-driven")
        PLURALISM = "pluralism_opportunism", _("Pluralism and opportunism")
        RELATIONSHIP = "relationship", _("Relationship")
        POLITICS = "politics_legitimisation", _("Politics and legitimisation")
        SYSTEMS = "systems", _("Systems")

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="uses"
    )
    slug = models.SlugField(unique=True)
    user_en = models.CharField(_("used by"), max_length=200)
    user_cy = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="uses"
    )
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    outputs = models.ManyToManyField(Output, blank=True, related_name="uses")
    description_en = models.TextField(_("what was done with it"))
    description_cy = models.TextField()
    decision_en = models.CharField(_("decision"), max_length=200, blank=True)
    decision_cy = models.CharField(max_length=200, blank=True)
    use_type = models.CharField(max_length=20, choices=UseType.choices)
    model = models.CharField(max_length=30, choices=Model.choices, blank=True)
    stage_en = models.CharField(max_length=100, blank=True)
    stage_cy = models.CharField(max_length=100, blank=True)
    budget_gbp = models.PositiveBigIntegerField(null=True, blank=True)
    budget_text_en = models.CharField(max_length=200, blank=True)
    budget_text_cy = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    confidence_note_en = models.CharField(max_length=200, blank=True)
    confidence_note_cy = models.CharField(max_length=200, blank=True)
    source_kind_en = models.CharField(max_length=200, blank=True)
    source_kind_cy = models.CharField(max_length=200, blank=True)

    objects = EvidenceOfUseQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("evidence of use")
        verbose_name_plural = _("evidence of use")

    def __str__(self) -> str:
        return self.description_en[:80]


class Finding(Sourced):
    """What helped, what stood in the way, where research was not used, or misused."""

    class Kind(models.TextChoices):
        FACTOR = "factor", _("What helped")
        BARRIER = "barrier", _("What stood in the way")
        NON_USE = "non_use", _("Where it was not used")
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


class Recommendation(Sourced):
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

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.text_en[:80]


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
