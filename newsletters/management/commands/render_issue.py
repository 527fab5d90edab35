import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.core.errors import Refused
from newsletters.models import Issue
from newsletters.services import documents, rendering


class Command(BaseCommand):
    help = "Write an issue as readers get it: the same issue gives the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="as in the issue's address")
        parser.add_argument(
            "--lang",
            choices=["en", "cy"],
            required=True,
            help="of a PDF; in a mail, which has both, the one that comes first",
        )
        parser.add_argument(
            "--to",
            choices=list(WAYS),
            required=True,
            help="the mail's HTML, its text, all of it, or the issue as a document",
        )
        parser.add_argument("--out", default="-", help="a file; - writes to the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        issues = Issue.objects.select_related("newsletter__study")
        issue = issues.filter(slug=options["slug"]).first()
        if issue is None:
            raise CommandError("There is no issue of this name.", returncode=1)
        try:
            written = WAYS[options["to"]](issue, options["lang"])
            _write(options["out"], written)
        except (Refused, OSError) as error:
            raise CommandError(str(error), returncode=1) from error


def _html(issue: Issue, lang: str) -> bytes:
    return rendering.render(issue, language=lang).html.encode()


def _text(issue: Issue, lang: str) -> bytes:
    return f"{rendering.render(issue, language=lang).text}\n".encode()


WAYS = {"html": _html, "text": _text, "mail": rendering.sample, "pdf": documents.pdf}


def _write(out: str, written: bytes) -> None:
    """Raises OSError. The bytes as they are: no end of line is changed."""
    if out == "-":
        sys.stdout.buffer.write(written)
        return
    Path(out).write_bytes(written)
