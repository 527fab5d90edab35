"""What figures of events count: each of these is counted by a metric, and listed as the
rows behind it. None says a name to whoever may not see people."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.events import turnout
from engagement.events.models import (
    Commitment,
    Event,
    Invitation,
    Registration,
    RegistrationQuerySet,
)
from engagement.metrics.registry import During
from engagement.metrics.rows import Line, Rows

NAME, EVENT, BODY = _("Name"), _("Event"), _("Organisation")
Answer = Invitation.Answer


def invited(study_id: int, during: During | None = None) -> QuerySet[Invitation]:
    """Asked by name."""
    asked = turnout.invited(event__study_id=study_id).exclude(
        event__status=Event.Status.CANCELLED
    )
    if during:
        asked = asked.filter(invited_at__gte=during[0], invited_at__lt=during[1])
    return asked.select_related("event")


def answered(study_id: int) -> QuerySet[Invitation]:
    standing = Invitation.objects.for_study(study_id).exclude(answer="")
    return standing.select_related("event")


def taken_up(study_id: int) -> QuerySet[Invitation]:
    """Said yes, or sends somebody."""
    return invited(study_id).filter(answer__in=[Answer.YES, Answer.DEPUTY])


def made(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    rows = Registration.objects.for_study(study_id).select_related("event")
    if during:
        rows = rows.filter(created_at__gte=during[0], created_at__lt=during[1])
    return rows


def placed(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    return made(study_id, during).live()


def expected(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    """Who had a place at an event that was held."""
    rows = Registration.objects.for_study(study_id).live().select_related("event")
    held = rows.filter(event__status=Event.Status.HELD)
    if during is None:
        return held
    return held.filter(event__starts_at__gte=during[0], event__starts_at__lt=during[1])


def came(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    return expected(study_id, during).filter(attendance__isnull=False)


def came_in_welsh(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    return came(study_id, during).filter(language="cy")


def came_at_all(study_id: int) -> RegistrationQuerySet:
    """Also who was let in without a place."""
    return (
        Registration.objects.for_study(study_id)
        .filter(event__status=Event.Status.HELD, attendance__isnull=False)
        .select_related("event")
    )


def came_with_function(study_id: int) -> RegistrationQuerySet:
    return came_at_all(study_id).exclude(function="")


def deputies(study_id: int) -> QuerySet[Registration]:
    return turnout.deputies(came_at_all(study_id))


def without_meetings(rows: RegistrationQuerySet) -> RegistrationQuerySet:
    """As reports count: that the group met is no reach."""
    return rows.exclude(event__kind=Event.Kind.MEETING)


def placed_at_events(
    study_id: int, during: During | None = None
) -> RegistrationQuerySet:
    return without_meetings(placed(study_id, during))


def came_to_events(study_id: int, during: During | None = None) -> RegistrationQuerySet:
    return without_meetings(came(study_id, during))


def open_commitments(study_id: int) -> QuerySet[Commitment]:
    found = Commitment.objects.filter(event__study=study_id).open()
    return found.select_related("event").order_by("due_on", "pk")


def invitation_lines(rows: Sequence[Invitation]) -> Iterable[Line]:
    """To the person, where they are still on record."""
    for one in rows:
        page = reverse("people:detail", args=[one.person_id]) if one.person_id else ""
        answer = one.get_answer_display() if one.answer else _("No answer")
        event = shown(one.event, "title")
        cells = (one.name, event, one.invited_at, answer)
        yield Line(cells, page, one.event.is_synthetic)


def registration_lines(rows: Sequence[Registration]) -> Iterable[Line]:
    for one in rows:
        page = reverse("events:show_registration", args=[one.pk])
        event, sector = shown(one.event, "title"), one.get_sector_display()
        cells = (one.name, one.organisation, sector, event, one.created_at)
        yield Line(cells, page, one.event.is_synthetic)


def commitment_lines(rows: Sequence[Commitment]) -> Iterable[Line]:
    for one in rows:
        page = reverse("events:commitment", args=[one.pk])
        due = one.due_on or ""
        cells = (shown(one, "text"), shown(one.event, "title"), due)
        yield Line(cells, page, one.event.is_synthetic)


INVITATIONS = (NAME, EVENT, _("Invited"), _("Answer"))
REGISTRATIONS = (NAME, BODY, _("Sector"), EVENT, _("Registered"))


def of_invitations(find: Callable[..., QuerySet[Any]]) -> Rows:
    return Rows(INVITATIONS, find, invitation_lines, personal=True)


def of_registrations(find: Callable[..., QuerySet[Any]]) -> Rows:
    return Rows(REGISTRATIONS, find, registration_lines, personal=True)


COMMITMENTS = Rows(
    (_("Commitment"), EVENT, _("By")), open_commitments, commitment_lines
)
