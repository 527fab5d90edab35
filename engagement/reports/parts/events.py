"""The events that were held in the time, one by one."""

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events.models import Event, Registration
from engagement.metrics.suppression import FEWEST
from engagement.reports import protecting
from engagement.reports.periods import Period
from engagement.reports.tables import TEXT, Cell, Column, Table
from engagement.studies.models import Study

# A page of a report; the site has them all.
MOST = 20


def table(study: Study, period: Period) -> Table:
    """The latest first. Group meetings are no reach, and are left out. Who had a place
    and did not come is told by the other two counts, so it is looked at as well."""
    rows = list(_held(study, period)[:MOST])
    parts = [[row.came, row.placed - row.came] for row in rows]  # type: ignore[attr-defined]
    told = protecting.two_way(parts)
    return Table(
        key="events-held",
        title=_("Events held in this time"),
        columns=[
            Column(_("Event"), TEXT),
            Column(_("Day"), TEXT),
            Column(_("Had a place")),
            Column(_("Came")),
        ],
        rows=[
            [shown(row, "title").text, _day(row), _placed(sum(part)), line[0]]
            for row, part, line in zip(rows, parts, told, strict=True)
        ],
        keys=["attendance"] * len(rows),
        notes=[_("The latest %(number)s events.") % {"number": MOST}]
        if len(rows) == MOST
        else [],
    )


def _held(study: Study, period: Period) -> QuerySet[Event]:
    placed = Q(registrations__state=Registration.State.PLACE)
    came = placed & Q(registrations__attendance__isnull=False)
    return (
        Event.objects.for_study(study)
        .filter(
            status=Event.Status.HELD,
            starts_at__gte=period.since,
            starts_at__lt=period.until,
        )
        .exclude(kind=Event.Kind.MEETING)
        .order_by("-starts_at", "-pk")
        .annotate(
            placed=Count("registrations", filter=placed),
            came=Count("registrations", filter=came),
        )
    )


def _placed(number: int) -> Cell:
    return None if 0 < number < FEWEST else number


def _day(event: Event) -> str:
    return date_format(event.starts_at, "DATE_FORMAT") if event.starts_at else ""
