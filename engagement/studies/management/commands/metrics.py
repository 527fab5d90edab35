import json
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.metrics import registry
from engagement.metrics.registry import During, Metric, Reading, Row
from engagement.studies.models import Study

# The parts of each kind.
By = dict[str, tuple[Row, ...]]


class Command(BaseCommand):
    help = (
        "Write the metrics of a study, of all time or from one day to another, both in. "
        "For those who own the numbers: nothing is hidden. Returns 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("study", help="as at the end of the study's address")
        parser.add_argument("--from", dest="since", type=date.fromisoformat)
        parser.add_argument("--to", dest="until", type=date.fromisoformat)
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        study = Study.objects.filter(slug=options["study"]).first()
        if study is None:
            raise CommandError("There is no study of this name.", returncode=2)
        during = _during(options["since"], options["until"])
        found = [
            _plain(metric, reading, _by(metric, study, during))
            for metric, reading in registry.for_study(study.pk, during)
        ]
        if options["json"]:
            whole = {"study": study.slug, "metrics": found}
            self.stdout.write(json.dumps(whole, ensure_ascii=False))
            return
        for one in found:
            most = "" if one["at_most"] is None else f" to {one['at_most']}"
            base = "" if one["base"] is None else f" of {one['base']}"
            self.stdout.write(f"{one['key']}: {one['value']}{most}{base}")


def _during(since: date | None, until: date | None) -> During | None:
    """Whole days of Wales. Raises CommandError for one without the other."""
    if since is None and until is None:
        return None
    if since is None or until is None or until < since:
        raise CommandError("Give --from and a later --to.", returncode=2)
    return _start(since), _start(until + timedelta(days=1))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by(metric: Metric, study: Study, during: During | None) -> By:
    return {kind: metric.by(study.pk, kind, during) for kind in metric.kinds}


def _plain(metric: Metric, reading: Reading, by: By) -> dict[str, Any]:
    return {
        "key": metric.key,
        "title": str(metric.title),
        "unit": str(metric.unit),
        "value": reading.value,
        "at_most": reading.at_most,
        "base": reading.base,
        "numerator": str(metric.meaning),
        "denominator": str(metric.base_meaning),
        "rows": {str(row.label): row.value for row in reading.rows},
        "by": _cells(by, "value"),
        "by_base": _cells(by, "base"),
        "by_at_most": _cells(by, "at_most"),
        "limits": {kind: str(why) for kind, why in metric.limits.items()},
    }


def _cells(by: By, name: str) -> dict[str, dict[str, int]]:
    """Of each kind, each value that has the number."""
    found = {
        kind: {row.key: getattr(row, name) for row in rows} for kind, rows in by.items()
    }
    return {kind: row for kind, row in found.items() if None not in row.values()}
