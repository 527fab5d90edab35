from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from engagement.core import demo


class Command(BaseCommand):
    help = "Load the demonstration data. Running it again changes nothing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for module in demo.modules():
            self.stdout.write(f"{module.__name__}: {module.load()}")
