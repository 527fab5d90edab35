"""What newsletters reached in a time."""

from datetime import datetime

from django.utils.translation import gettext as _

from engagement.metrics.presentation import Figure
from engagement.metrics.registry import Reading
from engagement.metrics.services import readership
from engagement.people.models import Person
from engagement.studies.models import Study
from engagement.studies.sections import Section, figure, register
from newsletters import counted


def section(study: Study, since: datetime, until: datetime) -> Section:
    settled = counted.deliveries(study.pk, (since, until))
    accepted = counted.accepted(study.pk, (since, until))
    number, base = accepted.count(), settled.count()
    return Section(
        key="newsletters",
        title=_("Newsletters"),
        figures=[_deliveries(number, base), _readers(study, since, until)],
        gaps=[] if base else [_("No issue of a newsletter was sent.")],
        reached=Person.objects.filter(deliveries__in=accepted),
    )


def _deliveries(number: int, base: int) -> Figure:
    return figure(
        "deliveries",
        _("Deliveries"),
        _("Messages that the recipient's mail server accepted. Accepted is not read."),
        Reading(number, base),
        base_meaning=_("Deliveries of issues that were settled in this time."),
    )


def _readers(study: Study, since: datetime, until: datetime) -> Figure:
    found = readership.readers(
        target_kind="article", study_id=study.pk, during=(since, until)
    )
    return figure(
        "readers",
        _("Readers of articles"),
        _(
            "Different readers of articles on this site, day by day. The lower end is "
            "people for certain; the upper takes in what may have been a person."
        ),
        Reading(found.at_least, at_most=found.at_most),
        people=True,
    )


register(10, section)
