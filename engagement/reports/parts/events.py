"""The events that were held in the time, one by one."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.events import held
from engagement.events.models import Event
from engagement.reports.periods import Period
from engagement.reports.tables import TEXT, Column, Table
from engagement.studies.models import Study


def table(study: Study, period: Period) -> Table:
    """The latest first, from the counts that the figure of attendance has too."""
    found = held.of(study, period.since, period.until)
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
            [
                shown(row, "title").text,
                _day(row),
                found.shown["placed", row.pk],
                found.shown["came", row.pk],
            ]
            for row in found.events
        ],
        keys=["attendance"] * len(found.events),
        notes=[_("The latest %(number)s events.") % {"number": held.MOST}]
        if len(found.events) == held.MOST
        else [],
    )


def _day(event: Event) -> str:
    return date_format(event.starts_at, "DATE_FORMAT") if event.starts_at else ""
