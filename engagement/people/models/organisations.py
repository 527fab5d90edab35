from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.people.models.choices import Area, Sector


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def current(self) -> "OrganisationQuerySet":
        """Without those that were merged into another."""
        return self.filter(merged_into=None)


class Organisation(Sourced):
    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    # The word of the source, where ours is not the same.
    sector_as_printed = models.CharField(max_length=100, blank=True)
    area = models.CharField(
        _("local-authority area"), max_length=9, choices=Area.choices, blank=True
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent body"),
    )
    note_en = models.TextField(blank=True)
    note_cy = models.TextField(blank=True)
    # Set while this row is only kept to undo a merge with, and for what could not move.
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en


class Alias(models.Model):
    """Another name of a body: one it once had, a short one, or one people use."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        SHORT = "short", _("Short name")
        OTHER = "other", _("Other name")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="an_alias_once_a_body"
            )
        ]

    def __str__(self) -> str:
        return self.name
