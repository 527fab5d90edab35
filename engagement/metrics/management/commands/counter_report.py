import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.metrics.counter import as_json, as_tsv, asking
from engagement.metrics.counter.exceptions import Stopped
from engagement.metrics.counter.reports import REPORTS


class Command(BaseCommand):
    help = (
        "Write a COUNTER 5.1 report, as the API at /r51/ gives it. Returns 0 where it is "
        "written, 1 where the file cannot be, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", help=", ".join(REPORTS))
        parser.add_argument(
            "--from", dest="begin_date", required=True, metavar="YYYY-MM"
        )
        parser.add_argument("--to", dest="end_date", required=True, metavar="YYYY-MM")
        parser.add_argument("--format", choices=["tsv", "json"], default="tsv")
        parser.add_argument(
            "--out", metavar="FILE", help="standard output, if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content = _made(options)
        if not options["out"]:
            self.stdout.write(content, ending="")
            return
        try:
            Path(options["out"]).write_text(content, "utf-8", newline="")
        except OSError as error:
            raise CommandError(f"--out: {error}", returncode=1) from error


def _made(options: dict[str, Any]) -> str:
    report = REPORTS.get(options["report"].upper())
    if report is None:
        words = f"“{options['report']}” is no report: one of {', '.join(REPORTS)}."
        raise CommandError(words, returncode=2)
    given = {name: options[name] for name in ("begin_date", "end_date")}
    try:
        asked = asking.read(report, {"customer_id": asking.WORLD, **given})
    except Stopped as stopped:
        words = stopped.remark.as_text().replace("begin_date", "--from")
        raise CommandError(words.replace("end_date", "--to"), returncode=2) from stopped
    if options["format"] == "tsv":
        return as_tsv.report(asked)
    return json.dumps(as_json.report(asked), ensure_ascii=False)
