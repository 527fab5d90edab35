import json
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.metrics import registry
from engagement.metrics.registry import By, During, Metric, Reading
from engagement.studies.models import Study


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
            _plain(metric, reading, metric.by(study.pk, during))
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


def _plain(metric: Metric, reading: Reading, by: tuple[By, ...]) -> dict[str, Any]:
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
        "by": {one.kind: {row.key: row.value for row in one.rows} for one in by},
    }
