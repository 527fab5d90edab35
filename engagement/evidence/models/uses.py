from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.events.models import Commitment
from engagement.evidence.models import choices
from engagement.evidence.models.findings import Finding
from engagement.outputs.models import Edition, Output
from engagement.people.models import Function, Organisation, Sector
from engagement.studies.models import Study


class OverlapGroup(Sourced):
    """Money that several entries speak of and that may be the same: it is never added
    up; a page shows the largest of a group or the list."""

    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200)

    class Meta:
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en


class EvidenceOfUseQuerySet(models.QuerySet["EvidenceOfUse"]):
    def public(self) -> Self:
        """Published, with consent, in both languages (the database sees to both)."""
        return self.exclude(published_at=None)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if user.has_perm("evidence.manage") else self.public()

    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)

    def recorded_between(self, since: datetime, until: datetime) -> Self:
        """Put on record from `since` on and before `until`."""
        return self.filter(recorded_at__gte=since, recorded_at__lt=until)

    def chosen(self, *, published: str = "", **wanted: Any) -> Self:
        """Those that have all of these; "" or None leaves one open. `use_type` is found
        as the first or the second type; `published` is "yes" or "no"."""
        found = self
        if use_type := wanted.pop("use_type", ""):
            found = found.filter(Q(use_type=use_type) | Q(also_type=use_type))
        if published:
            found = found.filter(published_at__isnull=published == "no")
        return found.filter(**{name: value for name, value in wanted.items() if value})

    def with_everything(self) -> Self:
        """All that a page of an entry shows, in a few queries."""
        return self.select_related(
            "study", "organisation", "overlap", "commitment__event"
        ).prefetch_related(
            "outputs", "editions__output", "sources", "path", "helped", "hindered"
        )


class EvidenceOfUse(Sourced):
    """One entry of the register: how research was used, was not, did not reach anybody,
    or was misused. Amounts overlap and must never be added up."""

    Kind = choices.Kind
    UseType = choices.UseType
    Stage = choices.Stage
    Model = choices.UseModel
    Degree = choices.Degree
    Precision = choices.Precision
    Period = choices.Period
    Basis = choices.Basis
    Misuse = choices.Misuse
    Confidence = choices.Confidence
    Judged = choices.Judged
    Consent = choices.Consent
    # With these, and with these alone, an entry may be public.
    MAY_BE_PUBLIC = (choices.Consent.GIVEN, choices.Consent.IN_PRINT)
    # What stands in both languages or in neither before it is public.
    PAIRS = (
        *("description", "user", "decision", "beside", "budget_text"),
        *("counterfactual", "misuse_done"),
    )

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="uses"
    )
    slug = models.SlugField(unique=True)
    kind = models.CharField(
        _("kind of entry"), max_length=10, choices=Kind.choices, default=Kind.USE
    )
    outputs = models.ManyToManyField(Output, blank=True, related_name="uses")
    editions = models.ManyToManyField(Edition, blank=True, related_name="uses")
    # The body, and the role of whoever says so. Nobody is named.
    user_en = models.CharField(_("used by"), max_length=200, blank=True)
    user_cy = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="uses"
    )
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    function = models.CharField(
        _("role"), max_length=20, choices=Function.choices, blank=True
    )
    # The first day of a month or year that is all that is known.
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    happened_precision = models.CharField(
        _("how exactly that is known"),
        max_length=10,
        choices=Precision.choices,
        default=Precision.UNKNOWN,
    )
    recorded_at = models.DateTimeField(
        _("put on record"), default=timezone.now, db_index=True
    )
    # What somebody said at an event that they would do, and that led to this.
    commitment = models.ForeignKey(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="uses"
    )
    description_en = models.TextField(_("what was done with it"), blank=True)
    description_cy = models.TextField(blank=True)
    decision_en = models.CharField(_("decision"), max_length=200, blank=True)
    decision_cy = models.CharField(max_length=200, blank=True)
    # A use that is of two types at once has the second in `also_type`.
    use_type = models.CharField(max_length=20, choices=UseType.choices, blank=True)
    also_type = models.CharField(max_length=20, choices=UseType.choices, blank=True)
    model = models.CharField(max_length=30, choices=Model.choices, blank=True)
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    # As the 2011 report words it.
    stage_en = models.CharField(max_length=100, blank=True)
    stage_cy = models.CharField(max_length=100, blank=True)
    degree = models.CharField(max_length=20, choices=Degree.choices, blank=True)
    beside_en = models.TextField(_("other evidence used beside it"), blank=True)
    beside_cy = models.TextField(blank=True)
    counterfactual_en = models.TextField(_("without it"), blank=True)
    counterfactual_cy = models.TextField(blank=True)
    budget_gbp = models.PositiveBigIntegerField(null=True, blank=True)
    budget_text_en = models.CharField(max_length=200, blank=True)
    budget_text_cy = models.CharField(max_length=200, blank=True)
    budget_period = models.CharField(max_length=10, choices=Period.choices, blank=True)
    budget_basis = models.CharField(max_length=10, choices=Basis.choices, blank=True)
    overlap = models.ForeignKey(
        OverlapGroup, models.PROTECT, null=True, blank=True, related_name="uses"
    )
    helped = models.ManyToManyField(Finding, blank=True, related_name="helped")
    hindered = models.ManyToManyField(Finding, blank=True, related_name="hindered")
    misuse = models.CharField(max_length=12, choices=Misuse.choices, blank=True)
    misuse_done_en = models.TextField(_("what was done about it"), blank=True)
    misuse_done_cy = models.TextField(blank=True)
    # Worked out by the services from the sources; kept so that it can be chosen by.
    confidence = models.CharField(
        max_length=12, choices=Confidence.choices, default=Confidence.NONE
    )
    judged = models.CharField(max_length=20, choices=Judged.choices, blank=True)
    judged_note_en = models.CharField(max_length=200, blank=True)
    judged_note_cy = models.CharField(max_length=200, blank=True)
    source_kind_en = models.CharField(max_length=200, blank=True)
    source_kind_cy = models.CharField(max_length=200, blank=True)
    consent = models.CharField(
        _("consent to publish"),
        max_length=10,
        choices=Consent.choices,
        default=Consent.NOT_ASKED,
    )
    consent_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = EvidenceOfUseQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("evidence of use")
        verbose_name_plural = _("evidence of use")
        constraints = [
            models.CheckConstraint(
                name="use_public_with_consent_and_in_both_languages",
                condition=Q(published_at=None)
                | Q(consent__in=["given", "in_print"])
                & ~Q(description_en="")
                & ~Q(description_cy="")
                & ~Q(user_en="")
                & ~Q(user_cy=""),
            ),
            models.CheckConstraint(
                name="use_says_something",
                condition=~Q(description_en="") | ~Q(description_cy=""),
            ),
            models.CheckConstraint(
                name="use_day_is_known_or_not",
                condition=Q(happened_on=None, happened_precision="unknown")
                | Q(happened_on__isnull=False) & ~Q(happened_precision="unknown"),
            ),
        ]

    def __str__(self) -> str:
        return (self.description_en or self.description_cy)[:80]

    def get_absolute_url(self) -> str:
        return reverse("evidence:entry", args=[self.slug])
