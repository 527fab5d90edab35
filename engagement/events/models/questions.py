from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.events.models.events import Event
from engagement.events.models.registrations import Registration


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self) -> Self:
        """Those that whoever registers now is asked."""
        return self.filter(closed_at=None)


class Question(models.Model):
    """What an event asks of those who register, beside what all events ask."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("One of several")
        SEVERAL = "several", _("Any of several")
        CONSENT = "consent", _("Consent")

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    label_en = models.CharField(_("question in English"), max_length=300)
    label_cy = models.CharField(_("question in Welsh"), max_length=300)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    hint_cy = models.CharField(_("hint in Welsh"), max_length=300, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    # What has been answered is not removed: it is only asked no longer.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label_en


class Option(models.Model):
    """An answer that can be chosen."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    label_en = models.CharField(_("answer in English"), max_length=200)
    label_cy = models.CharField(_("answer in Welsh"), max_length=200)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label_en


class Answer(models.Model):
    """`text` for a text, `options` for a choice; of a consent the wording agreed to."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    options = models.ManyToManyField(Option, blank=True, related_name="answers")
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"], name="one_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.question}"
