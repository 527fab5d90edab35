"""What was downloaded in a time."""

from collections.abc import Container
from datetime import datetime

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import Reading, Row
from engagement.outputs import queries
from engagement.outputs.models import Output
from engagement.studies.models import Study
from engagement.studies.sections import Section, figure, register


def section(study: Study, since: datetime, until: datetime) -> Section:
    each = queries.downloads(study.pk, (since, until))
    out = Output.objects.published().filter(study=study)
    titles = {output.pk: shown(output, "title").text for output in out}
    rows = [Row(title, each[pk].at_least) for pk, title in titles.items() if pk in each]
    rows.sort(key=lambda row: str(row.label))
    return Section(
        key="outputs",
        title=_("Outputs"),
        figures=[
            figure(
                "downloads",
                _("Downloads"),
                _(
                    "Requests for files of published outputs, as COUNTER 5.1 counts "
                    "them. The upper end takes in what may have been a person."
                ),
                Reading(
                    sum(one.at_least for one in each.values()),
                    at_most=sum(one.at_most for one in each.values()),
                    rows=tuple(rows),
                ),
                rows_title=_("Downloads by output"),
            )
        ],
        gaps=_gaps(titles, each),
    )


def _gaps(titles: dict[int, str], asked_for: Container[int]) -> list[str]:
    if not titles:
        return [_("No output is published.")]
    left = sorted(title for pk, title in titles.items() if pk not in asked_for)
    words = _("Nobody downloaded: %(titles)s.") % {"titles": "; ".join(left)}
    return [words] if left else []


register(30, section)
