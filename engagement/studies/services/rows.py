from typing import Any

from django.db import transaction

from engagement.audit.services import entries
from engagement.core import spreadsheets
from engagement.metrics.registry import During, Metric
from engagement.metrics.rows import written
from engagement.studies.models import Study


def export(*, by: Any, study: Study, metric: Metric, during: During | None) -> bytes:
    """What a figure counted, as CSV with nothing in it that runs as a formula, in the
    reader's language. Raises ValueError for a figure without rows, or not of a time."""
    if metric.rows is None:
        raise ValueError(f"{metric.key} has no rows.")
    lines = metric.rows.every_line(metric.found(study.pk, during))
    with transaction.atomic():
        content = spreadsheets.write(
            "csv",
            [str(heading) for heading in metric.rows.headings],
            ([written(cell) for cell in line.cells] for line in lines),
        )
        entries.record(
            by=by,
            action="figure.exported",
            target=study,
            figure=metric.key,
            **_time(during),
        )
    return content


def _time(during: During | None) -> dict[str, str]:
    if during is None:
        return {}
    since, until = (at.isoformat(timespec="minutes") for at in during)
    return {"since": since, "until": until}
