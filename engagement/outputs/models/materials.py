from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event
from engagement.outputs.models.outputs import Output


class MaterialQuerySet(models.QuerySet["Material"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event).select_related("output")

    def shown(self) -> Self:
        """Those that the public may see: of outputs that are published."""
        return self.filter(output__status=Output.Status.PUBLISHED)


class Material(models.Model):
    """An output that those who come to an event read before it, or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before the event")
        AFTER = "after", _("After the event")

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials")
    output = models.ForeignKey(Output, models.CASCADE, related_name="materials")
    moment = models.CharField(_("when"), max_length=6, choices=Moment.choices)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        # Before comes first.
        ordering = ["-moment", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "output", "moment"], name="a_material_once_a_moment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.output}"
