from typing import Any

from django.core.management.base import BaseCommand

from engagement.metrics.services import hits


class Command(BaseCommand):
    help = "Run the present rules of reading over all hits that were kept."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{hits.classify_again()} hits are judged otherwise.")
