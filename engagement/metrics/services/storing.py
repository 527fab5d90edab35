"""Many hits at once into the database, the quickest way that it has."""

from collections.abc import Sequence

from django.db import connection

from engagement.metrics.models import Agent, Hit

FIELDS = [
    "at", "target_kind", "target_id", "study_id", "language", "client", "letter",
    "sector", "agent_id", "prefetch", "scripted", "signed_in", "hit_class", "rule",
    "rules_version",
]  # fmt: skip


def store(hits: Sequence[Hit]) -> None:
    """Inside the caller's transaction: COPY on PostgreSQL, INSERT elsewhere."""
    if connection.vendor != "postgresql":
        Hit.objects.bulk_create(hits, batch_size=500)
        return
    words = f"COPY {Hit._meta.db_table} ({', '.join(FIELDS)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(words) as copy:
        for hit in hits:
            copy.write_row([getattr(hit, field) for field in FIELDS])


def agent_ids(texts: set[str]) -> dict[str, int]:
    """The number of each, made where it is new; in one order, so that two workers that
    make the same ones wait for each other and do not lock."""
    known = _known(texts)
    if missing := sorted(texts - known.keys()):
        made = [Agent(text=text) for text in missing]
        Agent.objects.bulk_create(made, ignore_conflicts=True)
        known |= _known(set(missing))
    return known


def _known(texts: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    listed = sorted(texts)
    # SQLite takes so many values in a question.
    for start in range(0, len(listed), 500):
        part = Agent.objects.filter(text__in=listed[start : start + 500])
        found |= dict(part.values_list("text", "pk"))
    return found
