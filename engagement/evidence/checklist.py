"""Of a review: uses that became known."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.evidence.models import EvidenceOfUse
from engagement.studies.reviewing import Line, Part, Period, add, both


def _uses(period: Period) -> Iterator[Line]:
    rows = EvidenceOfUse.objects.for_study(period.study).filter(
        kind=EvidenceOfUse.Kind.USE,
        recorded_at__date__gte=period.since,
        recorded_at__date__lte=period.until,
    )
    for row in rows:
        text = both(
            _("Used by %(who)s: %(what)s"), who=(row, "user"), what=(row, "description")
        )
        on, synthetic = localdate(row.recorded_at), row.is_synthetic
        yield Line(f"use-{row.pk}", *text, on=on, synthetic=synthetic)


add(Part.WINS, _uses)
