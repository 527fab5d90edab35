"""From contact to decision, by sector, function or language: a document as `gathering`
makes them, for page and files alike."""

from typing import Any

from django.utils import timezone

from engagement.metrics import breakdowns, disclosure
from engagement.metrics.breakdowns import Step
from engagement.reports import gathering
from engagement.reports.gathering import Document
from engagement.reports.parts import funnel
from engagement.reports.periods import Period
from engagement.reports.tables import Table
from engagement.studies.models import Study


def document(
    study: Study, period: Period, kind: str, *, compared: bool = False
) -> Document:
    """In the active language. `kind` is one of registry.KINDS; `compared`: beside the
    time before. Whoever may see it is inside, so the threshold is the one for those."""
    with gathering.snapshot():
        now = timezone.now()
        steps = breakdowns.steps(study.pk, kind, _during(period))
        before = _before(study, period, kind) if compared else {}
    names = funnel.groups(kind, [*steps, *before.values()])
    fewest = disclosure.threshold(public=False)
    found = [
        (
            step,
            funnel.table(step, before.get(step.metric.key), kind, names, fewest=fewest),
        )
        for step in steps
    ]
    return {
        **gathering.head(study, period, now),
        "is_empty": not any(_has_any(step) for step in steps),
        "summary": [],
        "parts": [_part(step, table) for step, table in found],
        "hidden": gathering.hidden(table for _step, table in found),
        "definitions": [_definition(step) for step in steps],
    }


def _during(period: Period) -> tuple[Any, Any]:
    return period.since, period.until


def _before(study: Study, period: Period, kind: str) -> dict[str, Step]:
    """Of the time before, those that have one."""
    found = breakdowns.steps(study.pk, kind, _during(period.before))
    return {step.metric.key: step for step in found if not step.is_now}


def _has_any(step: Step) -> bool:
    reading = step.reading
    return bool(reading.value or reading.base or reading.at_most)


def _part(step: Step, table: Table) -> dict[str, Any]:
    """`gaps`: why it is not broken down."""
    return {
        "key": step.metric.key,
        "title": str(step.metric.title),
        "tables": [table.frozen()],
        "lists": [],
        "gaps": [] if step.known else [str(step.limit)],
    }


def _definition(step: Step) -> dict[str, str]:
    metric = step.metric
    meaning = " ".join(str(text) for text in (metric.meaning, metric.caveat) if text)
    return {"key": metric.key, "title": str(metric.title), "meaning": meaning}
