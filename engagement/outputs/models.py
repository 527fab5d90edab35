from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core import uploads
from engagement.core.models import Sourced
from engagement.studies.models import Study

# What has no date comes after what has one, on every database.
LATEST_FIRST = [
    F("published_at").desc(nulls_last=True),
    F("year").desc(nulls_last=True),
    F("slug").asc(),
]


class OutputQuerySet(models.QuerySet["Output"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Drafts only to those who manage outputs."""
        return self if user.has_perm("outputs.manage") else self.listed()

    def listed(self) -> Self:
        """What the public may find: published, and what is known to come."""
        return self.exclude(status=Output.Status.DRAFT)

    def published(self) -> Self:
        return self.filter(status=Output.Status.PUBLISHED)

    def by_status(self) -> Self:
        """What is published first, then planned, proposed, and drafts."""
        order = [
            When(status=status, then=Value(place))
            for place, status in enumerate(("published", "planned", "proposed"))
        ]
        last = Value(len(order))
        return self.order_by(
            Case(*order, default=last, output_field=IntegerField()), *LATEST_FIRST
        )

    def with_file_count(self) -> Self:
        return self.annotate(file_count=Count("editions__files"))

    def for_study(self, study: Study) -> Self:
        return self.listed().filter(study=study)

    def with_words(self, words: str) -> Self:
        """Each word somewhere in the title, in either language."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title_en__icontains=word) | Q(title_cy__icontains=word)
            )
        return found


class Output(Sourced):
    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        DATASET = "dataset", _("Data set")
        GUIDANCE = "guidance", _("Guidance")
        ARTICLE = "article", _("Article")
        SLIDES = "slides", _("Slides")
        INDEX = "index", _("Index")
        WEB = "web", _("Web pages")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PLANNED = "planned", _("Planned")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    MOVES = {
        "proposed": {"planned"},
        "planned": {"published"},
        "draft": {"published"},
    }

    study = models.ForeignKey(
        Study, models.PROTECT, null=True, blank=True, related_name="outputs"
    )
    slug = models.SlugField(unique=True, max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    kind_as_printed = models.CharField(max_length=60, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT
    )
    title_en = models.CharField(_("title in English"), max_length=300)
    title_cy = models.CharField(_("title in Welsh"), max_length=300, blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_cy = models.TextField(_("summary in Welsh"), blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    series = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    note_en = models.TextField(blank=True)
    note_cy = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        ordering = LATEST_FIRST
        constraints = [
            models.CheckConstraint(
                name="output_published_only_in_both_languages",
                condition=~Q(status="published") | (~Q(title_en="") & ~Q(title_cy="")),
            )
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("outputs:detail", args=[self.slug])


class Edition(models.Model):
    output = models.ForeignKey(Output, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["output", "number"], name="one_edition_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.output} ({self.number})"


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Files of what is published; all of them for those who manage outputs."""
        if user.has_perm("outputs.manage"):
            return self
        return self.filter(edition__output__status=Output.Status.PUBLISHED)


class File(models.Model):
    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        WELSH = "cy", _("Welsh")
        BOTH = "both", _("English and Welsh")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=4, choices=Language.choices)
    upload = models.FileField(_("file"), upload_to="outputs/%Y/", max_length=300)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["language", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """As readers know it: PDF, CSV."""
        return uploads.extension(self.name).upper()
