from django.db import models

from engagement.people.models import Person


class CalendarLink(models.Model):
    """A link to a feed of somebody's own events; it works until it is revoked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_links")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        # The audit trail keeps this, so no name.
        return f"#{self.pk}"
