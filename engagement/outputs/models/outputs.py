from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Interest
from engagement.studies.models import Study, Term

# What has no date comes after what has one, on every database.
LATEST_FIRST = [
    F("published_at").desc(nulls_last=True),
    F("year").desc(nulls_last=True),
    F("slug").asc(),
]


class OutputQuerySet(models.QuerySet["Output"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What has a page: drafts only to those who manage outputs, and for everybody
        what was withdrawn, as its tombstone."""
        if user.has_perm("outputs.manage"):
            return self
        return self.exclude(status=Output.Status.DRAFT)

    def listed(self) -> Self:
        """What the public may find: published, and what is known to come."""
        return self.exclude(status__in=(Output.Status.DRAFT, Output.Status.WITHDRAWN))

    def citable(self) -> Self:
        """What has or had a public edition: published, or withdrawn with a tombstone."""
        return self.filter(
            status__in=(Output.Status.PUBLISHED, Output.Status.WITHDRAWN)
        )

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

    def chosen(
        self,
        *,
        study: Study | None = None,
        kind: str = "",
        year: str = "",
        language: str = "",
        subject: Interest | None = None,
        audience: str = "",
        status: str = "",
    ) -> Self:
        """Sifted for the list; what is empty leaves everything in."""
        plain = {"study": study, "kind": kind, "year": year, "status": status}
        found = self.filter(**{name: value for name, value in plain.items() if value})
        if subject:
            found = found.filter(subjects=subject)
        if language:
            found = found.with_files_in(language)
        if audience:
            # A list in JSON is looked into as text: SQLite has no other way.
            text = Cast("audience", models.TextField())
            found = found.alias(for_whom=text).filter(
                for_whom__contains=f'"{audience}"'
            )
        return found

    def with_files_in(self, language: str) -> Self:
        """With a file for everybody in the language, or in both at once."""
        having = self.model.objects.published().filter(
            editions__files__language__in=(language, "both"),
            editions__files__corrected_by=None,
            editions__published_at__isnull=False,
            editions__withdrawn_at=None,
        )
        return self.filter(pk__in=having.values("pk"))

    def for_study(self, study: Study) -> Self:
        return self.listed().filter(study=study)


class Output(Sourced):
    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        INTERIM = "interim", _("Interim report")
        CASE_STUDY = "case_study", _("Case study")
        DATASET = "dataset", _("Data set")
        GUIDANCE = "guidance", _("Guidance, questions and answers")
        ARTICLE = "article", _("Journal article")
        SLIDES = "slides", _("Presentation")
        NEWSLETTER = "newsletter", _("Newsletter")
        MINUTES = "minutes", _("Minutes")
        INDEX = "index", _("Index")
        WEB = "web", _("Web pages")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PLANNED = "planned", _("Planned")
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Licence(models.TextChoices):
        OGL = "ogl3", _("Open Government Licence v3.0")
        CC_BY = "cc_by4", _("Creative Commons Attribution 4.0")
        RESERVED = "reserved", _("All rights reserved")
        UNKNOWN = "unknown", _("Not known")

    MOVES = {
        "proposed": {"planned"},
        "planned": {"published"},
        "draft": {"published"},
        "published": {"withdrawn"},
        "withdrawn": {"published"},
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
    # What it says, for somebody who is no specialist.
    plain_en = models.TextField(_("plain summary in English"), blank=True)
    plain_cy = models.TextField(_("plain summary in Welsh"), blank=True)
    use_en = models.TextField(_("how to use it, in English"), blank=True)
    use_cy = models.TextField(_("how to use it, in Welsh"), blank=True)
    misuse_en = models.TextField(_("how not to use it, in English"), blank=True)
    misuse_cy = models.TextField(_("how not to use it, in Welsh"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    series = models.CharField(_("series"), max_length=200, blank=True)
    number = models.CharField(_("number in the series"), max_length=60, blank=True)
    issn = models.CharField(_("ISSN"), max_length=9, blank=True)
    licence = models.CharField(
        _("licence"), max_length=10, choices=Licence.choices, default=Licence.OGL
    )
    subjects = models.ManyToManyField(
        Interest, blank=True, related_name="outputs", verbose_name=_("subjects")
    )
    # Codes of people.models.Sector: for whom it was made.
    audience = models.JSONField(_("audience"), default=list, blank=True)
    terms = models.ManyToManyField(
        Term, blank=True, related_name="outputs", verbose_name=_("glossary terms")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    date_note_en = models.CharField(
        _("date in words, in English"), max_length=200, blank=True
    )
    date_note_cy = models.CharField(
        _("date in words, in Welsh"), max_length=200, blank=True
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("takes the place of"),
    )
    note_en = models.TextField(_("note in English"), blank=True)
    note_cy = models.TextField(_("note in Welsh"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason_en = models.TextField(blank=True)
    withdrawn_reason_cy = models.TextField(blank=True)
    # When what the public sees of it last changed: the datestamp of OAI-PMH.
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    objects = OutputQuerySet.as_manager()

    class Meta:
        ordering = LATEST_FIRST
        constraints = [
            models.CheckConstraint(
                name="output_published_only_in_both_languages",
                condition=~Q(status="published") | (~Q(title_en="") & ~Q(title_cy="")),
            ),
            models.CheckConstraint(
                name="an_output_is_withdrawn_with_a_reason",
                condition=~Q(status="withdrawn")
                | (~Q(withdrawn_reason_en="") & ~Q(withdrawn_reason_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("outputs:detail", args=[self.slug])


class Author(models.Model):
    """Who wrote an output, in the order of its title page. A body has no given name."""

    output = models.ForeignKey(Output, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField(default=0)
    family = models.CharField(_("family name, or body"), max_length=200)
    given = models.CharField(_("given names"), max_length=100, blank=True)
    # https://support.orcid.org: sixteen digits in fours, the last a check digit.
    orcid = models.CharField(
        _("ORCID"),
        max_length=19,
        blank=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")],
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()
