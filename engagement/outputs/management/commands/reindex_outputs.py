from typing import Any

from django.core.management.base import BaseCommand

from engagement.outputs.services import search


class Command(BaseCommand):
    help = "Write anew what can be found of each output."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.reindex_all()} outputs can be found.")
