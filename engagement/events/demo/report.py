"""The events that the report names, with what followed."""

from datetime import UTC, datetime
from typing import Any

from engagement.core import demo
from engagement.events import apps
from engagement.events.models import Commitment, Event
from engagement.studies.models import Study

# "Little followed" (Annex 2, 2.17). By 2011 it had not come; the report has no day.
HOPED_FOR = {
    "side": Commitment.Side.TEAM,
    "state": Commitment.State.DROPPED,
    "text_en": "Take the findings to the forum of the senior civil service.",
    "text_cy": "Mynd â'r canfyddiadau i fforwm yr uwch wasanaeth sifil.",
    "outcome_en": "The access that was hoped for did not come (Annex 2, 2.17).",
    "outcome_cy": "Ni ddaeth y mynediad y gobeithid amdano (Atodiad 2, 2.17).",
    "settled_at": datetime(2011, 1, 1, tzinfo=UTC),
    "is_public": True,
}


def load(studies: dict[str, Study]) -> int:
    """How many there are."""
    records = demo.read(apps.__file__, "events")
    for record in records:
        slug, fields = _columns(record, studies)
        event, is_new = Event.objects.get_or_create(slug=slug, defaults=fields)
        if is_new and slug == "l-workshops":
            Commitment.objects.create(event=event, **HOPED_FOR)
    return len(records)


def _columns(
    record: dict[str, Any], studies: dict[str, Study]
) -> tuple[str, dict[str, Any]]:
    fields = dict(record)
    fields["attended_reported"] = fields.pop("attended")
    fields["study"] = studies[fields["study"]] if fields["study"] else None
    return fields.pop("slug"), {
        k: "" if v is None and _text(k) else v for k, v in fields.items()
    }


def _text(name: str) -> bool:
    return name.endswith(("_en", "_cy")) or name == "source"
