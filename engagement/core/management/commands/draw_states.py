from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

HEAD = """# States

Drawn from the tables of allowed moves in the models: `manage.py draw_states`.
"""


def drawn() -> Iterator[str]:
    """One Mermaid diagram per model that has `MOVES`, in the order of the layers."""
    yield HEAD
    for model in apps.get_models():
        if moves := getattr(model, "MOVES", None):
            yield f"## {model.__name__}\n\n```mermaid\nstateDiagram-v2"
            for before, afters in moves.items():
                yield from (f"    {before} --> {after}" for after in sorted(afters))
            yield "```\n"


class Command(BaseCommand):
    help = "Print docs/states.md."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(drawn()), ending="")
