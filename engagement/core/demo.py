"""Demonstration data: each app's `demo.py` has a `load()` that may run twice."""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps


def read(module_file: str, name: str) -> list[dict[str, Any]]:
    """The records of `demo_data/<name>.json` beside the calling module."""
    path = Path(module_file).parent / "demo_data" / f"{name}.json"
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return records


def modules() -> list[Any]:
    """The `demo` modules of our apps, lowest layer first."""
    names = [config.name for config in apps.get_app_configs()]
    return [
        import_module(f"{name}.demo")
        for name in names
        if name != "engagement.core"
        and name.split(".")[0] in {"engagement", "newsletters"}
        and find_spec(f"{name}.demo")
    ]


def keep(model: type[Any], record: dict[str, Any]) -> Any:
    """The row with this record's slug; what is there already stays as people left it.

    None where a text column is meant becomes "": the files say null for "not stated".
    """
    texts = {
        field.name
        for field in model._meta.concrete_fields
        if field.get_internal_type() in {"CharField", "TextField"}
    }
    fields = {
        name: "" if value is None and name in texts else value
        for name, value in record.items()
        if name != "slug"
    }
    row, _created = model._default_manager.get_or_create(
        slug=record["slug"], defaults=fields
    )
    return row
