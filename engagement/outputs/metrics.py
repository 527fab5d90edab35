from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import Metric, Reading, Row, register
from engagement.metrics.services import hits
from engagement.outputs import queries
from engagement.outputs.models import Output


def downloads(study_id: int) -> Reading:
    """Requests for files of published outputs, as COUNTER counts them."""
    total = hits.counted(target_kind="file", study_id=study_id)
    each = queries.downloads(study_id)
    rows = [
        Row(shown(output, "title").text, each[output.pk].at_least)
        for output in Output.objects.filter(pk__in=each)
    ]
    rows.sort(key=lambda row: str(row.label))
    return Reading(value=total.at_least, at_most=total.at_most, rows=tuple(rows))


register(
    Metric(
        key="downloads",
        position=60,
        title=_("Downloads"),
        meaning=_(
            "Requests for files of published outputs. Robots are left out, and a second "
            "request within 30 seconds counts once (COUNTER 5.1). The upper end takes in "
            "what may have been a person."
        ),
        rows_title=_("Downloads by output"),
        measure=downloads,
    )
)
