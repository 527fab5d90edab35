from typing import Any

from django.core.management.base import BaseCommand

from engagement.metrics.services import salts, taking


class Command(BaseCommand):
    help = "Take the hits that pages of this machine kept into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        salts.keep()
        self.stdout.write(f"{taking.take()} hits are taken.")
