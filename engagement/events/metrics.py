from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event, Registration
from engagement.metrics.registry import Metric, Reading, Row, register
from engagement.people.models import Sector


def registrations(study_id: int) -> Reading:
    """Those in force, of all that were made."""
    made = Registration.objects.for_study(study_id)
    live = made.live()
    return Reading(
        value=live.count(),
        base=made.count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in live.by_sector()),
    )


def attendance(study_id: int) -> Reading:
    """Those who came, of those who were registered, at events that were held."""
    expected = (
        Registration.objects.for_study(study_id)
        .live()
        .filter(event__status=Event.Status.HELD)
    )
    came = expected.filter(attendance__isnull=False)
    return Reading(
        value=came.count(),
        base=expected.count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in came.by_sector()),
    )


register(
    Metric(
        key="registrations",
        position=40,
        title=_("Registrations"),
        meaning=_(
            "Registrations in force, at events of this study that took registrations "
            "through Dolen and were not called off. One person at two events counts "
            "twice."
        ),
        base_meaning=_("All registrations made, with those that were cancelled later."),
        rows_title=_("Registrations by sector"),
        measure=registrations,
        counts_people=True,
    )
)
register(
    Metric(
        key="attendance",
        position=50,
        title=_("Attendance"),
        meaning=_(
            "Registrations whose holder was marked as having come, at events that were "
            "held. Head counts from before Dolen are not among them."
        ),
        base_meaning=_("Registrations in force at events that were held."),
        rows_title=_("Those who came, by sector"),
        measure=attendance,
        counts_people=True,
    )
)
