from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.events.models import Event
from engagement.outputs.models import Output
from engagement.studies.models import Study
from newsletters.models.choices import PUBLIC_STATES


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Any) -> Self:
        """What stands in an issue that is out; drafts only to those who may manage."""
        if user.has_perm("newsletters.manage"):
            return self
        return self.filter(places__issue__state__in=PUBLIC_STATES).distinct()


class Article(Sourced):
    """A piece with a page of its own; the summary is what goes into the mail."""

    slug = models.SlugField(unique=True, max_length=80)
    study = models.ForeignKey(Study, models.PROTECT, related_name="articles")
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    summary_en = models.TextField(_("summary in English"))
    summary_cy = models.TextField(_("summary in Welsh"), blank=True)
    body_en = models.TextField(_("full text in English"), blank=True)
    body_cy = models.TextField(_("full text in Welsh"), blank=True)
    meaning_en = models.TextField(_("what this means for you, in English"), blank=True)
    meaning_cy = models.TextField(_("what this means for you, in Welsh"), blank=True)
    # When the words of each language were last changed, or found to be the same still.
    edited_en_at = models.DateTimeField(default=timezone.now)
    edited_cy_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("newsletters:article", args=[self.slug])


class Picture(models.Model):
    """A picture of an article. The first is the article's own; each can stand in the
    text by its name: `![What it says](picture:name)`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.SlugField(_("name in the text"), max_length=60)
    upload = models.FileField(_("file"), upload_to="pictures/%Y/", max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_en = models.CharField(
        _("what it shows, in English"), max_length=300, blank=True
    )
    alt_cy = models.CharField(_("what it shows, in Welsh"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "name"], name="a_picture_name_once_an_article"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """What an article leads to on the site: an output, an event, or the form to ask the
    team of a study. Picked, never pasted, so that it cannot go stale unseen."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)
    output = models.ForeignKey(Output, models.PROTECT, null=True, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True)
    ask = models.ForeignKey(Study, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_link_leads_to_one_thing",
                condition=Q(output__isnull=False, event=None, ask=None)
                | Q(output=None, event__isnull=False, ask=None)
                | Q(output=None, event=None, ask__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.output or self.event or self.ask)
