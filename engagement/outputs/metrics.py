from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics import rows_of_reading
from engagement.metrics.registry import During, Metric, Reading, Row, register
from engagement.metrics.services import readership
from engagement.outputs import language_lag, queries
from engagement.outputs.models import Output
from engagement.people.counting import of

ANYBODY = _(
    "Anybody may download a file, without saying who they are: no sector and no function "
    "is kept with it."
)


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


def downloads_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    """Of the files in each language, and in both at once."""
    found = readership.by_language(
        target_kind="output", study_id=study_id, during=during
    )
    requests = {key: one.requests for key, one in found.items()}
    return of(
        kind,
        {key: one.at_least for key, one in requests.items()},
        at_most={key: one.at_most for key, one in requests.items()},
    )


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
        kinds=("language",),
        limits={"sector": ANYBODY, "function": ANYBODY},
        unit=_("requests"),
        source=_("The hits of this site, by the rules of reading."),
        caveat=_("A download is no reading, and one person may ask many times."),
        over_time=True,
        stage=7,
        rows=rows_of_reading.requests("output"),
    )
)
register(
    Metric(
        key="output_language_lag",
        position=61,
        title=_("Editions in one language first"),
        meaning=_(
            "Published editions of outputs whose first file in one language was public "
            "more than a day after the first one in the other, or is not there yet. A "
            "file in both languages at once is in each."
        ),
        base_meaning=_("All published editions with a file."),
        rows_title=_("Editions in one language first, by what came later"),
        measure=language_lag.measure,
        unit=_("editions"),
        source=_("When each file was added, and when its edition was published."),
        caveat=_(
            "Of files added before this was kept, the moment is that of the audit trail, "
            "and where that does not know it, the edition's."
        ),
        over_time=True,
        rows=language_lag.ROWS,
    )
)
