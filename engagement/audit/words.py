"""An entry in words. What an app that is gone has recorded is shown as it is kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from engagement.audit import registry
from engagement.audit.registry import Fact, Text


def of_action(action: str) -> Text:
    return registry.actions().get(action, action)


def of_kind(kind: str) -> Text:
    return registry.kinds().get(kind, kind)


def of_detail(action: str, detail: Mapping[str, Any]) -> list[tuple[Text, Text]]:
    """(label, value in words), in the order that they were recorded in."""
    known = registry.facts(action)
    found = []
    for name, value in detail.items():
        fact = known.get(name) or Fact(name.replace("_", " "))
        if value not in (None, "", []):
            found.append((fact.label, _value(value, fact.values)))
    return found


def _value(value: Any, words: Mapping[str, Text]) -> Text:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(_value(one, words)) for one in value)
    text = str(value)
    return words.get(text, text)
