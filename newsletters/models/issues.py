from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.outputs.models import Release
from newsletters.models.articles import Article
from newsletters.models.choices import AT_WORK, PUBLIC_STATES
from newsletters.models.newsletters import Newsletter


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> Self:
        return self.filter(state__in=PUBLIC_STATES)

    def visible_to(self, user: Any) -> Self:
        """A draft only to those who may manage newsletters."""
        return self if user.has_perm("newsletters.manage") else self.public()

    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)


class Issue(Sourced):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        SENDING = "sending", _("Being sent")
        PAUSED = "paused", _("Paused")
        FINISHED = "finished", _("Sent")
        ARCHIVED = "archived", _("Before Dolen")

    # Back to a draft only while nothing has been handed over.
    MOVES = {
        "draft": {"scheduled", "sending"},
        "scheduled": {"draft", "sending"},
        "sending": {"draft", "paused", "finished"},
        "paused": {"draft", "sending"},
        # Only where a person sends a delivery again whose fate was not known.
        "finished": {"sending"},
    }

    newsletter = models.ForeignKey(Newsletter, models.PROTECT, related_name="issues")
    slug = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(_("subject in English"), max_length=150)
    title_cy = models.CharField(_("subject in Welsh"), max_length=150, blank=True)
    intro_en = models.TextField(_("opening in English"), blank=True)
    intro_cy = models.TextField(_("opening in Welsh"), blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, db_index=True
    )
    recipients = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    scheduled_at = models.DateTimeField(_("when it goes"), null=True, blank=True)
    # It goes out with this release, and not before.
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="issues"
    )
    # When the words of each language were last changed, or found to be the same still.
    edited_en_at = models.DateTimeField(default=timezone.now)
    edited_cy_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="issue_sent_only_in_both_languages",
                condition=Q(state__in=["draft", "archived"])
                | (~Q(title_en="") & ~Q(title_cy="")),
            ),
            models.CheckConstraint(
                name="issue_scheduled_for_a_time",
                condition=~Q(state="scheduled") | Q(scheduled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("newsletters:issue", args=[self.newsletter.slug, self.slug])


class IssueArticle(models.Model):
    """An article's place in an issue; the same article may stand in many."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "article"], name="an_article_once_an_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"
