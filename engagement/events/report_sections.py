"""Who registered for events and who came, in a time; and what is still promised."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.events import counted, held
from engagement.events.held import Held
from engagement.events.models import Commitment
from engagement.metrics import registry
from engagement.metrics.presentation import Counts, Figure
from engagement.metrics.registry import During, Metric, Reading, Row
from engagement.metrics.words import number
from engagement.people.models import Person, Sector
from engagement.studies.models import Study
from engagement.studies.sections import Section, figure, register

SOURCE = gettext_lazy("The rows of invitations, registrations and attendance.")


def attendance(study: Study, since: datetime, until: datetime) -> Section:
    """The group's own meetings are left out: that the group met is no reach."""
    during = since, until
    found = held.of(study, since, until)
    came = counted.came_to_events(study.pk, during)
    return Section(
        key="events",
        title=_("Events"),
        figures=[_registrations(study.pk, during), _came(found)],
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
                Reading(counted.open_commitments(study.pk).count(), everything),
                base_meaning=_("All commitments made at events of this study."),
            )
        ],
        gaps=[late] if overdue else [],
    )


def _registrations(study_id: int, during: During) -> Figure:
    placed = counted.placed_at_events(study_id, during)
    made = counted.without_meetings(counted.made(study_id, during))
    return figure(
        "registrations",
        _("Registrations"),
        _("Registrations made in this time that have a place."),
        Reading(placed.count(), made.count()),
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
registry.register(
    Metric(
        key="event-registrations",
        position=101,
        title=gettext_lazy("Registrations for events in reports"),
        meaning=gettext_lazy(
            "Registrations made in a time that have a place now. Meetings of the groups "
            "are left out: that a group met is no reach."
        ),
        base_meaning=gettext_lazy(
            "All registrations made, with those that wait or were cancelled."
        ),
        measure=lambda study_id, during=None: Reading(
            counted.placed_at_events(study_id, during).count()
        ),
        unit=gettext_lazy("registrations"),
        source=SOURCE,
        counts_people=True,
        over_time=True,
        rows=counted.of_registrations(counted.placed_at_events),
        apart=True,
    )
)
registry.register(
    Metric(
        key="event-attendance",
        position=102,
        title=gettext_lazy("Attendance at events in reports"),
        meaning=gettext_lazy(
            "Who had a place at an event that was held in a time, and came. Meetings of "
            "the groups are left out: that a group met is no reach."
        ),
        base_meaning=gettext_lazy("Everybody who had a place at them."),
        measure=lambda study_id, during=None: Reading(
            counted.came_to_events(study_id, during).count()
        ),
        unit=gettext_lazy("people"),
        source=SOURCE,
        counts_people=True,
        over_time=True,
        rows=counted.of_registrations(counted.came_to_events),
        apart=True,
    )
)
registry.register(
    Metric(
        key="open-commitments",
        position=110,
        title=gettext_lazy("Open commitments"),
        meaning=gettext_lazy(
            "What participants or the team said they would do, and have not yet."
        ),
        base_meaning=gettext_lazy("All commitments made at events of this study."),
        measure=lambda study_id: Reading(counted.open_commitments(study_id).count()),
        unit=gettext_lazy("commitments"),
        source=gettext_lazy("The rows of commitments."),
        rows=counted.COMMITMENTS,
        apart=True,
    )
)
