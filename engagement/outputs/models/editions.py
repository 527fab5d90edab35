from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core import uploads
from engagement.outputs.models.outputs import Output


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is not published only to those who manage outputs."""
        return self if user.has_perm("outputs.manage") else self.published()

    def published(self) -> Self:
        """Also what was withdrawn since: it leads to its tombstone."""
        return self.exclude(published_at=None)

    def next_to_publish(self) -> "Edition | None":
        """Of one output: the first that is still private."""
        return self.filter(published_at=None).order_by("number").first()

    def current(self) -> Self:
        """Published and not withdrawn, of outputs that are neither."""
        return self.published().filter(
            withdrawn_at=None, output__status=Output.Status.PUBLISHED
        )

    def free_for(self, release: Any) -> Self:
        """What is not out and goes out with no release, of the release's study or of
        none."""
        of_study = Q(output__study=release.study_id) | Q(output__study=None)
        found = self.filter(of_study, published_at=None, release_item=None)
        return found.exclude(output__status=Output.Status.WITHDRAWN)


class Edition(models.Model):
    """What is published at one time, with an address that stays. The next number of the
    same output supersedes it."""

    output = models.ForeignKey(Output, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=17, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    # What is new in it.
    note_en = models.TextField(_("what is new, in English"), blank=True)
    note_cy = models.TextField(_("what is new, in Welsh"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason_en = models.TextField(blank=True)
    withdrawn_reason_cy = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["output", "number"], name="one_edition_a_number"
            ),
            models.CheckConstraint(
                name="an_edition_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None)
                | (~Q(withdrawn_reason_en="") & ~Q(withdrawn_reason_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.output} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("outputs:edition", args=[self.output.slug, self.number])


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Files of editions that are public; all for those who manage outputs."""
        if user.has_perm("outputs.manage"):
            return self
        return self.filter(edition__in=Edition.objects.current())

    def with_page(self, user: User | AnonymousUser) -> Self:
        """Those whose address answers: also of what was withdrawn, which says so."""
        if user.has_perm("outputs.manage"):
            return self
        return self.filter(
            edition__in=Edition.objects.published(),
            edition__output__in=Output.objects.citable(),
        )

    def standing(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(corrected_by=None)


class File(models.Model):
    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        WELSH = "cy", _("Welsh")
        BOTH = "both", _("English and Welsh")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    language = models.CharField(_("language"), max_length=4, choices=Language.choices)
    upload = models.FileField(_("file"), upload_to="outputs/%Y/", max_length=300)
    name = models.CharField(max_length=200)
    # As its content says, whatever its name does.
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    # Public from then on, or from when its edition is.
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["language", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """As readers know it: PDF, CSV."""
        return uploads.extension(self.name).upper()


class Correction(models.Model):
    """A dated notice of what was wrong in a published edition. The file that it replaces
    is kept, and can still be had from the notice."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="corrections")
    made_at = models.DateTimeField()
    text_en = models.TextField(_("what was wrong, in English"))
    text_cy = models.TextField(_("what was wrong, in Welsh"))
    old_file = models.OneToOneField(
        File, models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    new_file = models.OneToOneField(
        File, models.PROTECT, null=True, blank=True, related_name="corrects"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition} on {self.made_at:%Y-%m-%d}"
