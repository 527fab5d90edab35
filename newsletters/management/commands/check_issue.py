import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletters import checking
from newsletters.checking import Finding
from newsletters.models import Issue


class Command(BaseCommand):
    help = (
        "Say what the parity gate and the checks find in an issue, each with its place. "
        "Returns 0 where nothing blocks, 1 where something does, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="as at the end of the issue's address")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        issue = Issue.objects.filter(slug=options["slug"]).first()
        if issue is None:
            raise CommandError("There is no issue of this name.", returncode=2)
        found = checking.run(issue)
        override = checking.override_of(issue)
        blocks = checking.still_blocking(found, override)
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "issue": issue.slug,
                        "blocked": bool(blocks),
                        "overridden": override is not None,
                        "findings": [_facts(one, one in blocks) for one in found],
                    },
                    ensure_ascii=False,
                )
            )
        else:
            for one in found:
                state = "BLOCK" if one in blocks else one.level
                self.stdout.write(f"{state}\t{one.code}\t{one}")
        if blocks:
            raise CommandError(f"{len(blocks)} in the way.", returncode=1)


def _facts(finding: Finding, still_blocks: bool) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "level": finding.level,
        "blocks": still_blocks,
        "sentence": finding.sentence,
        "article": place.article or None,
        "field": place.field,
        "language": place.language or None,
        "url": place.url,
    }
