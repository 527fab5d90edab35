import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from engagement.core.errors import Refused
from engagement.evidence import survey_tables
from engagement.evidence.services import surveys
from engagement.evidence.services.answers import BadAnswers


class Command(BaseCommand):
    help = (
        "Bring in a survey: a code book (JSON) and answers (CSV), whole or not at all, and "
        "write its tables, nothing hidden. Returns 0, or 1 where it was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codebook", type=Path)
        parser.add_argument("responses", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--correct",
            action="store_true",
            help="intervals with the finite-population correction",
        )
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = _bring_in(options)
        except BadAnswers as refused:
            lines = [f"row {b.row}, {b.column}: {b.problem}" for b in refused.bad]
            raise CommandError("\n".join(lines), returncode=1) from refused
        except (OSError, Refused) as refused:
            raise CommandError(str(refused), returncode=1) from refused
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for question in found["questions"]:
            self.stdout.write(f"{question['id']} (base {question['base']})")
            for one in question["options"]:
                low, high = one["wilson95"]
                self.stdout.write(
                    f"  {one['code']}: {one['count']}, {one['percent']}% "
                    f"({100 * low:.1f} to {100 * high:.1f})"
                )


def _bring_in(options: dict[str, Any]) -> dict[str, Any]:
    with transaction.atomic():
        survey = surveys.bring_in(
            by=None,
            book=options["codebook"].read_bytes(),
            responses=options["responses"].read_bytes(),
        )
        answers = list(survey.responses.values_list("answers", flat=True))
        transaction.set_rollback(options["dry_run"])
        return survey_tables.as_json(survey, answers, corrected=options["correct"])
