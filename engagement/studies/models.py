from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Organisation, Person


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


class Term(Sourced):
    """A word or abbreviation of a study, and what it means: its glossary."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="terms")
    term_en = models.CharField(_("word in English"), max_length=120)
    term_cy = models.CharField(_("word in Welsh"), max_length=120)
    abbreviation_en = models.CharField(
        _("short form in English"), max_length=30, blank=True
    )
    abbreviation_cy = models.CharField(
        _("short form in Welsh"), max_length=30, blank=True
    )
    meaning_en = models.TextField(_("meaning in English"), blank=True)
    meaning_cy = models.TextField(_("meaning in Welsh"), blank=True)

    class Meta:
        ordering = ["term_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "term_en"], name="a_term_once_a_study"
            ),
            models.CheckConstraint(
                name="term_explained_in_both_languages",
                condition=models.Q(meaning_en="", meaning_cy="")
                | (~models.Q(meaning_en="") & ~models.Q(meaning_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return self.term_en


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def open(self) -> Self:
        """Not answered yet, the oldest first."""
        return self.filter(answered_on=None).order_by("asked_on", "pk")

    def open_first(self) -> Self:
        """Open ones, the oldest on top; then those answered, the latest on top."""
        answered = models.Q(answered_on=None)
        return self.order_by(
            models.Case(models.When(answered, then=0), default=1),
            models.Case(models.When(answered, then="asked_on")),
            models.F("answered_on").desc(nulls_last=True),
            "pk",
        )

    def matching(self, *, study: Study | None, state: str) -> Self:
        """`state` is "open", "answered" or ""."""
        found = self.filter(study=study) if study else self
        return found.filter(answered_on__isnull=state == "open") if state else found

    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)


class Enquiry(Sourced):
    """A question from somebody who uses the research, and its answer."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        TELEPHONE = "telephone", _("Telephone")
        FORM = "form", _("Form on the site")
        MEETING = "meeting", _("In person")
        POST = "post", _("Post")

    study = models.ForeignKey(
        Study,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("study"),
    )
    # Whose question it was; None where nobody knows, or once they were erased.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    language = models.CharField(
        _("language"), max_length=2, choices=Person.Language.choices, default="en"
    )
    asked_on = models.DateField(_("asked on"))
    question = models.TextField(_("question"))
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("who answers"),
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        constraints = [
            models.CheckConstraint(
                name="enquiry_answered_after_it_was_asked",
                condition=models.Q(answered_on=None)
                | models.Q(answered_on__gte=models.F("asked_on"))
                & ~models.Q(answer=""),
            )
        ]

    @property
    def days(self) -> int:
        """Calendar days that the answer took; for an open one, how old it is."""
        return ((self.answered_on or timezone.localdate()) - self.asked_on).days

    def __str__(self) -> str:
        # The audit trail keeps this, so not the words of a person.
        return f"#{self.pk}"
