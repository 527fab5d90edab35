from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Function, Organisation, Person, Sector


class StudyQuerySet(models.QuerySet["Study"]):
    def under_way(self, day: date) -> Self:
        begun = self.filter(starts_on__lte=day)
        return begun.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=day))


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
    # When it is planned to end; None for what goes on, as an index does.
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)

    objects = StudyQuerySet.as_manager()

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
    # None for what was done before this was kept, or on a day that nobody knows.
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title_en


class PolicyChange(Sourced):
    """Policy moved in a way that a study must take note of (the report's Annex 2, 3.11:
    a review pays particular attention to it). Staff write it down."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="policy_changes")
    on = models.DateField(_("day"))
    text_en = models.TextField(_("what changed, in English"))
    text_cy = models.TextField(_("what changed, in Welsh"))

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="policy_change_in_both_languages",
                condition=~models.Q(text_en="") & ~models.Q(text_cy=""),
            )
        ]

    def __str__(self) -> str:
        return self.text_en[:80]


class Target(Sourced):
    """Whom a study means to reach, and how many there are: 22 local authorities."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=0)
    label_en = models.CharField(_("who, in English"), max_length=200)
    label_cy = models.CharField(_("who, in Welsh"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    function = models.CharField(
        _("function"), max_length=20, choices=Function.choices, blank=True
    )
    # How many bodies; None where nobody knows.
    bodies = models.PositiveIntegerField(_("how many bodies"), null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label_en


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def on(self, day: date) -> Self:
        """Those of that day; the day of `ended_on` is the first without them."""
        begun = self.filter(started_on__lte=day)
        return begun.filter(
            models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day)
        )


class Ownership(Sourced):
    """Who stands for a study, from when to when. Rows are ended, never overwritten."""

    class Role(models.TextChoices):
        SPONSOR = "sponsor", _("Sponsor")
        CHAMPION = "champion", _("Champion")
        LEAD = "lead", _("Lead")

    study = models.ForeignKey(Study, models.CASCADE, related_name="ownerships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    # None where the report names nobody, or once they were erased.
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="ownerships"
    )
    post_en = models.CharField(_("post, in English"), max_length=200, blank=True)
    post_cy = models.CharField(_("post, in Welsh"), max_length=200, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        ordering = ["role", "started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "role"],
                condition=models.Q(ended_on__isnull=True),
                name="one_a_role_of_a_study",
            ),
            models.CheckConstraint(
                name="ownership_ends_after_it_starts",
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.role}"


class RiskQuerySet(models.QuerySet["Risk"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Risk(Sourced):
    """What may go wrong with a study, and who sees to it."""

    class Kind(models.TextChoices):
        VACANCY = "vacancy", _("Nobody holds a role")
        CHANGE = "change", _("A role changed hands")
        OTHER = "other", _("Another risk")

    study = models.ForeignKey(Study, models.CASCADE, related_name="risks")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # The role that it is about, where it is about one.
    role = models.CharField(
        _("role"), max_length=10, choices=Ownership.Role.choices, blank=True
    )
    text_en = models.TextField(_("risk, in English"))
    text_cy = models.TextField(_("risk, in Welsh"))
    owner = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    raised_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome_en = models.TextField(_("what was done, in English"), blank=True)
    outcome_cy = models.TextField(_("what was done, in Welsh"), blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "role"],
                condition=models.Q(kind="vacancy", closed_at__isnull=True),
                name="one_open_vacancy_a_role",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


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
