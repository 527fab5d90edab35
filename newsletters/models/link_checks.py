from django.db import models
from django.utils.translation import gettext_lazy as _

# In bytes. Longer ones are not kept: PostgreSQL cannot index them.
LONGEST_ADDRESS = 2000


class LinkCheck(models.Model):
    """What an address on another site answered when it was last asked."""

    class Reason(models.TextChoices):
        FINE = "fine", _("It answers.")
        GONE = "gone", _("There is no such page.")
        NO_HOST = "no_host", _("There is no such site.")
        INSIDE = "inside", _("From here it leads to a machine that is not public.")
        REFUSED = "refused", _("It does not let us in; readers may be let in.")
        FAULT = "fault", _("The site reports a fault of its own.")
        SILENT = "silent", _("It did not answer.")
        INSECURE = "insecure", _("No secure connection could be made.")
        LOOP = "loop", _("It leads from page to page without an end.")

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    checked_at = models.DateTimeField()
    # Of HTTP; none where nothing answered.
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=10, choices=Reason)

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"
