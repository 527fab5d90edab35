import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.people import previews
from engagement.people.models import Audience
from engagement.people.rule.shape import BrokenRule
from engagement.people.services import audiences


class Command(BaseCommand):
    help = "Say who is in an audience now: a line a person, or how many they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="as in the audience's address")
        parser.add_argument("--count", action="store_true", help="only how many")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        audience = Audience.objects.filter(slug=options["name"]).first()
        if audience is None:
            raise CommandError("There is no audience of this name.", returncode=1)
        try:
            people = audiences.people_in(audience)
        except BrokenRule as broken:
            raise CommandError(str(broken), returncode=1) from broken
        if options["count"]:
            found = {"audience": audience.slug, "count": people.count()}
            self.stdout.write(
                json.dumps(found) if options["json"] else str(found["count"])
            )
            return
        stopped = set(previews.unreachable(people).values_list("pk", flat=True))
        rows = people.order_by("name", "pk").values("pk", "name", "email", "language")
        named = [row | {"can_be_written_to": row["pk"] not in stopped} for row in rows]
        if options["json"]:
            found = {"audience": audience.slug, "count": len(named), "people": named}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for row in named:
            self.stdout.write(f"{row['name']}\t{row['email']}")
