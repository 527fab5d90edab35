from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.studies.models import Study


class SurveyQuerySet(models.QuerySet["Survey"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)


class Survey(Sourced):
    """A survey that was brought in: its code book, and whom it was sent to. It is for
    staff alone until it is published.

    `questions` are as `services.codebooks` has checked them. Whoever was invited and is
    neither among the undeliverable nor the answers did not answer.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="surveys")
    slug = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(_("title"), max_length=200)
    title_cy = models.CharField(max_length=200)
    note_en = models.TextField(blank=True)
    note_cy = models.TextField(blank=True)
    invited = models.PositiveIntegerField(_("invited"))
    undeliverable = models.PositiveIntegerField(_("undeliverable"), default=0)
    questions = models.JSONField(default=list)
    # Of the file of answers.
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-imported_at", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                name="survey_undeliverable_within_invited",
                condition=Q(undeliverable__lte=F("invited")),
            )
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("evidence:survey", args=[self.slug])


class SurveyResponse(models.Model):
    """What one person answered: {question: [codes]}, without what was left empty. Who it
    was is not on record."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    # As in the file, so that a row can be found there.
    number = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="survey_response_once", fields=["survey", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
