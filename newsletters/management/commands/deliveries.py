import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletters.models import Delivery, Issue
from newsletters.services import deliveries, unknowns


class Command(BaseCommand):
    help = (
        "Say what became of an issue: its sum by state, and by name what is not known. "
        "Returns 0 where the sum closes, 1 where it does not, 2 on wrong use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="as at the end of the issue's address")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        issue = Issue.objects.filter(slug=options["slug"]).first()
        if issue is None:
            raise CommandError("There is no issue of this name.", returncode=2)
        balance = deliveries.balance(issue)
        named = [_facts(one) for one in unknowns.of_issue(issue)]
        if options["json"]:
            told = {
                "issue": issue.slug,
                "recipients": balance.recipients,
                "states": balance.counts,
                "settled": balance.settled,
                "closes": balance.closes,
                "unknown": named,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for state, number in balance.counts.items():
                self.stdout.write(f"{state}\t{number}")
            for one in named:
                self.stdout.write("\t".join(str(value) for value in one.values()))
        if not balance.closes:
            raise CommandError("The sum does not close.", returncode=1)


def _facts(delivery: Delivery) -> dict[str, Any]:
    left = delivery.handed_over_at
    return {
        "key": delivery.key,
        "person": delivery.person_id,
        "address": delivery.address,
        "handed_over_at": left and left.isoformat(),
        "account": delivery.account,
        "reply": delivery.reply,
    }
