from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compile every template; name those that are wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        root = Path(settings.BASE_DIR, "templates")
        for path in sorted(root.rglob("*.*")):
            name = str(path.relative_to(root))
            try:
                get_template(name)
            except TemplateSyntaxError as error:
                wrong.append(f"{name}: {error}")
        if wrong:
            raise CommandError("\n".join(wrong))
