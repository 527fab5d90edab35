from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.core import pdf
from engagement.reports import gathering, periods
from engagement.reports.services import report_pdf
from engagement.studies.models import Study


class Command(BaseCommand):
    help = "Write the report to the steering group of a study as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--study", required=True, help="as in its address: wimd")
        parser.add_argument("--from", dest="since", required=True, help="YYYY-MM-DD")
        parser.add_argument("--to", dest="until", required=True, help="YYYY-MM-DD")
        parser.add_argument("--lang", choices=["en", "cy"], default="en")
        parser.add_argument("--out", required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        study = Study.objects.filter(slug=options["study"]).first()
        if study is None:
            raise _wrong(f"--study: there is no study {options['study']!r}.")
        first, last = _day("--from", options["since"]), _day("--to", options["until"])
        if last < first:
            raise _wrong("--to: the last day comes before the first.")
        if first > timezone.localdate():
            raise _wrong("--from: this day is still to come.")
        data = gathering.documents(study, periods.days(first, last))
        digest = gathering.digest(data)
        try:
            made = report_pdf.make(data[options["lang"]], digest)
            Path(options["out"]).write_bytes(made.content)
        except pdf.NoPdf as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            raise _wrong(f"--out: {error}") from error
        words = f"{options['out']}: {made.pages} pages, data {digest}"
        self.stdout.write(words)


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(f"{option}: {text!r} is no day like 2011-03-31.") from error


def _wrong(text: str) -> CommandError:
    return CommandError(text, returncode=2)
