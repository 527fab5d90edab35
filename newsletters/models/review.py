from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from newsletters.models.articles import Article
from newsletters.models.issues import Issue


class Approval(models.Model):
    """Somebody other than the author said yes to these words, and to no others."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Of the content, and the content itself: to show what changed since.
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.issue}, {self.at:%Y-%m-%d}"


class Override(models.Model):
    """A second person lets an issue go although the two languages differ, and says
    why."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="overrides")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))
    # Of the content, and what was found in it: an override is for these alone.
    digest = models.CharField(max_length=64)
    findings = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="override_with_a_reason", condition=~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue}, {self.at:%Y-%m-%d}"


class Correction(models.Model):
    """A dated note under what has been sent; what was sent stays as it was."""

    issue = models.ForeignKey(
        Issue, models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text_en = models.TextField(_("correction in English"))
    text_cy = models.TextField(_("correction in Welsh"))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_of_one_thing_in_both_languages",
                condition=(
                    Q(issue=None, article__isnull=False)
                    | Q(issue__isnull=False, article=None)
                )
                & ~Q(text_en="")
                & ~Q(text_cy=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue or self.article}, {self.at:%Y-%m-%d}"


class Document(models.Model):
    """An issue as a PDF in one language, as it was made when it was sent."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="documents")
    language = models.CharField(max_length=2)
    upload = models.FileField(upload_to="issues/%Y/", max_length=300)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "language"], name="one_document_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue}, {self.language}"


class Unsaved(models.Model):
    """What somebody has typed and not saved: kept on its own, so that a closed tab or a
    lost session loses nothing, and nobody else's words are touched."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    target_kind = models.CharField(max_length=20)
    target_id = models.BigIntegerField()
    # The save it was typed over.
    seen = models.CharField(max_length=40)
    fields = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "target_kind", "target_id"],
                name="one_unsaved_text_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}"
