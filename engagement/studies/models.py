from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.people.models import Organisation


class Study(Sourced):
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    abbreviation_en = models.CharField(_("short name in English"), max_length=30)
    abbreviation_cy = models.CharField(_("short name in Welsh"), max_length=30)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    summary_en = models.TextField(_("summary in English"))
    summary_cy = models.TextField(_("summary in Welsh"))
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    lead_en = models.CharField(_("led by, in English"), max_length=200, blank=True)
    lead_cy = models.CharField(_("led by, in Welsh"), max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("studies:detail", args=[self.slug])


class Milestone(Sourced):
    class Status(models.TextChoices):
        DONE = "done", _("Done")
        DUE = "due", _("Due")

    study = models.ForeignKey(Study, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title_en
