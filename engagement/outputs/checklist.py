"""Of a review: what was published."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.outputs.models import Output
from engagement.studies.reviewing import Line, Part, Period, add, both


def _published(period: Period) -> Iterator[Line]:
    found = Output.objects.published().filter(
        study=period.study,
        published_at__date__gte=period.since,
        published_at__date__lte=period.until,
    )
    for row in found.order_by("published_at", "pk"):
        yield Line(
            f"output-{row.pk}",
            *both(_("Published: %(title)s"), title=(row, "title")),
            on=localdate(row.published_at),
            synthetic=row.is_synthetic,
        )


add(Part.WINS, _published)
