from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from engagement.metrics.services import judging, recount


class Command(BaseCommand):
    help = (
        "Run the present rules of reading over all hits that were kept, and count all "
        "days anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{judging.classify_again()} hits are judged otherwise.")
        if first := recount.first_day():
            days = recount.recount(first=first, last=timezone.localdate())
            self.stdout.write(f"Days counted: {days}")
