from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics import rows_of_reading
from engagement.metrics.registry import By, During, Metric, Reading, Row, register
from engagement.metrics.services import readership
from engagement.outputs import queries
from engagement.outputs.models import Output
from engagement.people.counting import of


def downloads(study_id: int, during: During | None = None) -> Reading:
    """Requests for files of published outputs, as COUNTER counts them."""
    total = readership.counted(target_kind="output", study_id=study_id, during=during)
    each = queries.downloads(study_id, during)
    rows = [
        Row(shown(output, "title").text, each[output.pk].at_least)
        for output in Output.objects.filter(pk__in=each)
    ]
    rows.sort(key=lambda row: str(row.label))
    return Reading(value=total.at_least, at_most=total.at_most, rows=tuple(rows))


def downloads_by(study_id: int, during: During | None = None) -> tuple[By, ...]:
    """At least so many of each language; a file in both is of neither."""
    found = readership.by_language(
        target_kind="output", study_id=study_id, during=during
    )
    return (of("language", {k: one.requests.at_least for k, one in found.items()}),)


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
        parts=downloads_by,
        unit=_("requests"),
        source=_("The hits of this site, by the rules of reading."),
        caveat=_("A download is no reading, and one person may ask many times."),
        over_time=True,
        stage=7,
        rows=rows_of_reading.requests("output"),
    )
)
