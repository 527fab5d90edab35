"""Hits in a table (CSV), classified as those of the site are: to try the rules on the
log of another server, or on hits whose class is known."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.datastructures import CaseInsensitiveMapping

from engagement.metrics import neighbours, reading_rules
from engagement.metrics.models import Hit
from engagement.metrics.reading_rules import Facts

COLUMNS = ("time", "method", "address", "agent", "headers", "delivery", "path")
NOT_READING = (str(Hit.Class.MACHINE), "not a GET")
METHOD = re.compile(r"[A-Z]{3,10}")
# "Sec-Purpose: prefetch; DNT: 1": a name with its colon begins the next one.
HEADER = re.compile(r"(?:^|[\n|;,]\s*)([A-Za-z][A-Za-z-]*):[ \t]*")
OPENING = re.compile(r"/(?:opened|open|pixel|track/open|o)(?:[/.?]|$)|\.gif(?:\?|$)")


class BadTable(ValueError):
    """Names the row and the column."""


class Judged(NamedTuple):
    row: int
    hit_class: str
    rule: str


class _Row(NamedTuple):
    number: int
    facts: Facts
    method: str
    seen: neighbours.Seen


def classify(lines: Iterable[str]) -> list[Judged]:
    """In the order of the table; row 2 is the first under the names of the columns.
    Raises BadTable."""
    rows = list(_rows(lines))
    in_time = sorted(rows, key=lambda row: row.seen.at)
    crowded = neighbours.machines([row.seen for row in in_time])
    rules = {in_time[place].number: rule for place, rule in crowded.items()}
    return [Judged(row.number, *_judged(row, rules.get(row.number))) for row in rows]


def _judged(row: _Row, by_neighbours: str | None) -> tuple[str, str]:
    if row.method != "GET":
        return NOT_READING
    alone = reading_rules.classify(row.facts)
    return reading_rules.with_neighbours(alone, by_neighbours or "")


def _rows(lines: Iterable[str]) -> Iterator[_Row]:
    # A byte order mark is what spreadsheets begin a table with.
    table = csv.reader((line.replace("\x00", "") for line in lines), strict=True)
    try:
        names = [name.strip().lower() for name in next(table, [])]
        names = [name.removeprefix("\ufeff") for name in names]
        if missing := [name for name in COLUMNS if name not in names]:
            raise BadTable(f"Row 1: there is no column {', '.join(missing)}.")
        for number, cells in enumerate(table, 2):
            if any(cells):
                yield _row(number, names, cells)
    except csv.Error as error:
        raise BadTable(f"Row {table.line_num}: {error}.") from error


def _row(number: int, names: list[str], cells: list[str]) -> _Row:
    if len(cells) != len(names):
        raise BadTable(
            f"Row {number}: it has {len(cells)} cells, the first row {len(names)}."
        )
    row = dict(zip(names, (cell.strip() for cell in cells), strict=True))
    headers = _headers(number, row["headers"])
    agent = row["agent"][:300]
    seen = neighbours.Seen(
        at=_time(number, row["time"]),
        client=(row["address"], agent),
        letter=row["delivery"] or None,
        link=row["path"],
        is_opening=bool(OPENING.search(row["path"])),
    )
    facts = Facts(
        agent,
        prefetch=reading_rules.is_prefetch(headers),
        scripted=reading_rules.is_scripted(headers) and not seen.is_opening,
    )
    return _Row(number, facts, _method(number, row["method"]), seen)


def _time(number: int, text: str) -> float:
    """ISO 8601, in UTC where it says nothing else, or seconds since 1970."""
    try:
        if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
            return float(text)
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise BadTable(
            f"Row {number}, column time: {text!r} is no time as in 2026-11-28T09:30:00Z."
        ) from error


def _method(number: int, text: str) -> str:
    if not METHOD.fullmatch(text.upper()):
        raise BadTable(f"Row {number}, column method: {text!r} is no method of HTTP.")
    return text.upper()


def _headers(number: int, text: str) -> CaseInsensitiveMapping[str]:
    """As JSON, or as "Name: value" with ";", "|" or a new line between them."""
    if text.startswith("{"):
        try:
            found = {str(k): str(v) for k, v in json.loads(text).items()}
        except ValueError as error:
            raise BadTable(
                f"Row {number}, column headers: this JSON cannot be read."
            ) from error
        return CaseInsensitiveMapping(found)
    before, *parts = HEADER.split(text)
    if before.strip():
        raise BadTable(
            f'Row {number}, column headers: {text!r} is not as in "Sec-Purpose: prefetch".'
        )
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return CaseInsensitiveMapping({name: value.strip() for name, value in pairs})
