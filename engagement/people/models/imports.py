from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnMapping(models.Model):
    """Which column of a file is which of ours; found again by the file's headings."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    headings_digest = models.CharField(max_length=64, db_index=True)
    # {our field: heading}; values that the file writes in its own words are in `values`.
    columns = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-used_at"]

    def __str__(self) -> str:
        return self.name


class PeopleImport(models.Model):
    """A file of people: read, checked, shown, then applied whole or not at all."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Choose the columns")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, nothing applied yet")
        REFUSED = "refused", _("Has rows that are wrong")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        FAILED = "failed", _("Failed, nothing was changed")

    MOVES = {
        "uploaded": {"checking"},
        "checking": {"checked", "refused", "failed"},
        "checked": {"checking", "applying"},
        "refused": {"checking"},
        "applying": {"applied", "checked", "refused", "failed"},
        "failed": {"checking"},
    }

    name = models.CharField(_("file"), max_length=200)
    # Deleted once it is applied; never served.
    file = models.FileField(upload_to="imports/", blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.UPLOADED
    )
    columns = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
