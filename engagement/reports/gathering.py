"""A report as data: what is frozen, in each language, and nothing that may not be told."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, active, shown
from engagement.events.models import Event
from engagement.metrics import disclosure, presentation, registry
from engagement.metrics.presentation import Counts, Figure
from engagement.metrics.registry import Metric, Reading
from engagement.reports import words
from engagement.reports.parts import events, figures, owed, reach, readers, uses
from engagement.reports.parts.owed import Listed
from engagement.reports.periods import Period
from engagement.reports.tables import Table
from engagement.studies import reach as targets
from engagement.studies import sections
from engagement.studies.models import Study
from engagement.studies.sections import Section

Document = dict[str, Any]


def documents(study: Study, period: Period) -> dict[str, Document]:
    """In both languages, from the same state of the database."""
    with snapshot():
        looked_up = _look_up(study, period)
        found = {}
        for lang in LANGUAGES:
            with translation.override(lang):
                found[lang] = _document(study, period, looked_up)
    return found


def document(study: Study, period: Period) -> Document:
    """In the active language."""
    with snapshot():
        return _document(study, period, _look_up(study, period))


def digest(data: object) -> str:
    """SHA-256 of the data as JSON with its names in order (as RFC 8785 orders them)."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def snapshot() -> Iterator[None]:
    """PostgreSQL would else let each question see what was committed in between; SQLite
    keeps one state for a transaction."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


class LookedUp(NamedTuple):
    """What is the same in each language, and takes longest."""

    before: dict[str, Counts]
    readings: list[tuple[Metric, Reading]]
    now: datetime


def _look_up(study: Study, period: Period) -> LookedUp:
    old = period.before
    before = figures.counts(sections.between(study, old.since, old.until))
    return LookedUp(before, registry.for_study(study.pk), timezone.now())


class Found(NamedTuple):
    """All that a document is made from, looked up once."""

    sections: list[Section]
    before: dict[str, Counts]
    always: list[Figure]
    standing: list[Listed]
    reached: reach.Reach
    latest: Listed


def _found(study: Study, period: Period, looked_up: LookedUp) -> Found:
    parts = targets.report(study, period.since, period.until)
    return Found(
        sections=parts,
        before=looked_up.before,
        always=[presentation.figure(*pair) for pair in looked_up.readings],
        standing=owed.lists(study, period),
        reached=reach.heat_map(study, parts),
        latest=uses.latest(study, period),
    )


def head(study: Study, period: Period, now: datetime) -> Document:
    """Of what a document is: in the reader's language, counted `now`."""
    return {
        "lang": active(),
        "study": {
            "slug": study.slug,
            "title": shown(study, "title")._asdict(),
            "short": shown(study, "abbreviation")._asdict(),
        },
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "met": period.met,
        "fewest": disclosure.threshold(public=False),
        "cut_off": now.isoformat(timespec="seconds"),
        "synthetic": Event.objects.filter(study=study, is_synthetic=True).exists(),
    }


def _document(study: Study, period: Period, looked_up: LookedUp) -> Document:
    found = _found(study, period, looked_up)
    parts = _parts(study, period, found)
    tables = {table.key: table for part in parts for table in part["tables"]}
    return {
        **head(study, period, looked_up.now),
        "is_empty": _is_empty(tables, found.standing),
        "summary": [
            said._asdict() for said in words.summary(tables, found.reached.empty)
        ],
        "parts": [_kept(part) for part in parts],
        "hidden": hidden(tables.values()),
        "definitions": _definitions(found),
    }


def _parts(study: Study, period: Period, found: Found) -> list[dict[str, Any]]:
    """In the order of the report. `key` is the address of each."""
    of = {part.key: figures.of_section(part) for part in found.sections}
    steps = [
        figures.funnel(found.sections),
        figures.compared(found.sections, found.before),
    ]
    reached = [*of.pop("reach", []), found.reached.table]
    attendance = [*of.pop("events", []), events.table(study, period)]
    outputs = [*of.pop("newsletters", []), *of.pop("outputs", [])]
    outputs.append(readers.table(study, period))
    evidence = [*of.pop("evidence", []), uses.table(study)]
    owing = [owed.table(found.standing), *of.pop("commitments", [])]
    gaps = [gap for part in found.sections for gap in part.gaps]
    return [
        _part("steps", _("From messages to use"), steps),
        _part("reach", _("Reach"), reached),
        _part("attendance", _("Attendance"), attendance),
        _part("outputs", _("Newsletters and outputs"), outputs),
        _part("evidence", _("Evidence of use"), evidence, [found.latest]),
        _part("gaps", _("Gaps"), [], gaps=gaps),
        _part(
            "commitments", _("Commitments, risks and early wins"), owing, found.standing
        ),
        # What other apps have to say of the time.
        *(_part(key, tables[0].title, tables) for key, tables in of.items() if tables),
        _part("all", _("All figures"), [figures.all_time(found.always)]),
    ]


def _part(
    key: str,
    title: str,
    tables: list[Table],
    lists: list[Listed] | None = None,
    gaps: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "tables": tables,
        "lists": [
            one._asdict() | {"rows": [item._asdict() for item in one.rows]}
            for one in lists or []
        ],
        "gaps": gaps or [],
    }


def _kept(part: dict[str, Any]) -> dict[str, Any]:
    return part | {"tables": [table.frozen() for table in part["tables"]]}


def _is_empty(tables: dict[str, Table], standing: list[Listed]) -> bool:
    """Nothing at all is known of the time: the page says so instead of a row of noughts."""
    steps = any(row[1] != 0 or row[3] for row in tables["funnel"].rows)
    return not steps and not any(one.total for one in standing)


def hidden(tables: Iterable[Table]) -> list[dict[str, str]]:
    """Which cells are hidden; not what is in them, nor which of them is small itself."""
    return [
        {
            "table": table.title,
            "row": row,
            "columns": "; ".join(column for _row, column in cells),
        }
        for table in tables
        for row, cells in groupby(table.hidden(), key=itemgetter(0))
    ]


def _definitions(found: Found) -> list[dict[str, str]]:
    """What each figure means, once."""
    every = [figure for part in found.sections for figure in part.figures]
    every += found.always
    # What a figure of the time means goes before that of all time.
    first = {figure.key: figure for figure in reversed(every)}
    return [
        {"key": figure.key, "title": figure.title, "meaning": figure.meaning}
        for figure in reversed(first.values())
        if not figure.key.startswith("target-")
    ]
