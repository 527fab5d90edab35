"""Who registered for events and who came, in a time; and what is still promised."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.events import held
from engagement.events.held import Held
from engagement.events.models import (
    Commitment,
    Event,
    Registration,
    RegistrationQuerySet,
)
from engagement.metrics.presentation import Counts, Figure
from engagement.metrics.registry import Reading, Row
from engagement.metrics.words import number
from engagement.people.models import Person, Sector
from engagement.studies.models import Study
from engagement.studies.sections import Section, figure, register


def attendance(study: Study, since: datetime, until: datetime) -> Section:
    """The group's own meetings are left out: that the group met is no reach."""
    of_study = Registration.objects.for_study(study.pk).exclude(
        event__kind=Event.Kind.MEETING
    )
    made = of_study.filter(created_at__gte=since, created_at__lt=until)
    found = held.of(study, since, until)
    came = held.came_to(study, since, until)
    return Section(
        key="events",
        title=_("Events"),
        figures=[_registrations(made), _came(found)],
        gaps=_gaps(found),
        reached=Person.objects.filter(registrations__in=came),
    )


def commitments(study: Study, since: datetime, until: datetime) -> Section:
    """Those open now, whenever they were made."""
    of_study = Commitment.objects.filter(event__study=study)
    everything = of_study.exclude(state=Commitment.State.PROPOSED).count()
    overdue = of_study.overdue(timezone.localdate()).count()
    late = _("Commitments past their day: %(number)s.") % {"number": number(overdue)}
    return Section(
        key="commitments",
        title=_("Commitments"),
        figures=[
            figure(
                "open-commitments",
                _("Open commitments"),
                _(
                    "What participants or the team said they would do, and have not yet."
                ),
                Reading(of_study.open().count(), everything),
                base_meaning=_("All commitments made at events of this study."),
            )
        ],
        gaps=[late] if overdue else [],
    )


def _registrations(made: RegistrationQuerySet) -> Figure:
    return figure(
        "registrations",
        _("Registrations"),
        _("Registrations made in this time that have a place."),
        Reading(made.live().count(), made.count()),
        base_meaning=_(
            "All registrations made, with those that wait or were cancelled."
        ),
        people=True,
    )


def _came(found: Held) -> Figure:
    """Protected with the counts of each event, which a report has beside it."""
    shown = found.shown
    rows = tuple(shown["sector", key] for key in found.sectors)
    return figure(
        "attendance",
        _("Came"),
        _("Came to events of this study that were held in this time."),
        Reading(0, rows=tuple(Row(Sector(key).label, 0) for key in found.sectors)),
        base_meaning=_("Everybody who had a place at them."),
        rows_title=_("Attendance by sector"),
        people=True,
        counts=Counts(shown["came", ""], shown["placed", ""], rows=rows),
    )


def _gaps(found: Held) -> list[str]:
    """A nought is never hidden."""
    if found.shown["placed", ""] == 0:
        return [_("No event with registered people was held.")]
    if found.shown["came", ""] == 0:
        return [_("Nobody is marked as having come.")]
    return []


register(20, attendance)
register(50, commitments)
