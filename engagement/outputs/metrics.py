from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import Metric, Reading, Row, register
from engagement.metrics.services import hits
from engagement.outputs.models import File


def downloads(study_id: int) -> Reading:
    """Requests for files of published outputs, as COUNTER counts them."""
    total = hits.counted(target_kind="file", study_id=study_id)
    each = hits.counted_by_target(target_kind="file", study_id=study_id)
    files = File.objects.filter(pk__in=each).select_related("edition__output")
    titles: dict[str, int] = {}
    for file in files:
        title = shown(file.edition.output, "title").text
        titles[title] = titles.get(title, 0) + each[file.pk].at_least
    rows = tuple(Row(title, number) for title, number in sorted(titles.items()))
    return Reading(value=total.at_least, at_most=total.at_most, rows=rows)


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
