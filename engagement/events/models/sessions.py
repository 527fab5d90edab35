from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from engagement.events.models.choices import HOLDING
from engagement.events.models.events import Event
from engagement.events.models.registrations import Registration
from engagement.people.models import Organisation


class SessionQuerySet(models.QuerySet["Session"]):
    def with_chosen(self) -> Self:
        """With `chosen`: how many who hold a place at the event have chosen it."""
        holding = Q(places__registration__state__in=HOLDING)
        return self.annotate(chosen=Count("places", filter=holding))


class Session(models.Model):
    """A part of an event that people choose, with places of its own."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room_en = models.CharField(_("room in English"), max_length=200, blank=True)
    room_cy = models.CharField(_("room in Welsh"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return self.title_en


class SessionPlace(models.Model):
    """Somebody registered has chosen a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="places")
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="session_places"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"], name="a_session_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"


class Speaker(models.Model):
    """Who speaks, named in public with their agreement."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="speakers"
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    role_en = models.CharField(_("role in English"), max_length=200, blank=True)
    role_cy = models.CharField(_("role in Welsh"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
