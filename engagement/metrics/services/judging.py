"""Classes of hits that are in the database already.

A hit is judged alone when it is taken, and then with its neighbours: a burst shows only
when all of it is there, in whichever order the files came. Both can be run again over
history, which is quick as hits that look the same are changed together. Of neighbours
only the hits with a letter are read, few beside all; the pages that a crowd's client
asked for are looked up where there is a crowd.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from engagement.metrics import neighbours, reading_rules
from engagement.metrics.models import Hit, Taken
from engagement.metrics.reading_rules import FLAGS, Facts

STEP = timedelta(hours=1)
# So far apart two hits can bear on each other; an opening on links, and links on links.
REACH = timedelta(seconds=neighbours.REACH)
CLOSE = timedelta(seconds=2 * neighbours.STORM_SECONDS + neighbours.AFTER_SECONDS)
BY_NEIGHBOURS = Q(rule__in=neighbours.RULES)
SEEN = ("pk", "at", "client", "letter", "target_kind", "target_id", "language")
# SQLite takes so many values in a question.
MANY = 500


def judge_waiting() -> None:
    """Holds what was taken against its neighbours: crowds that it completes are found,
    and nothing else changes. A hit that another worker has not committed yet is seen by
    that one, which judges after it has committed."""
    with transaction.atomic():
        rows = Taken.objects.select_for_update(skip_locked=True)
        waiting = list(rows.exclude(since=None))
        spans = [(row.since, row.until) for row in waiting if row.since and row.until]
        if spans:
            last = max(until for _since, until in spans)
            for start, end in _steps(min(spans)[0], last):
                _judge(_crowded(start - CLOSE, end + CLOSE))
        numbers = [row.pk for row in waiting]
        Taken.objects.filter(pk__in=numbers).update(since=None, until=None)


def classify_again() -> int:
    """Runs the present rules over all hits; returns how many are judged otherwise."""
    with transaction.atomic():
        changed = sum(_alone(group) for group in _groups())
        moments = Hit.objects.order_by("at").values_list("at", flat=True)
        first, last = moments.first(), moments.last()
        if first and last:
            changed += sum(_again(*step) for step in _steps(first, last))
    return changed


def _groups() -> Iterable[dict[str, Any]]:
    """Hits that look the same and were judged the same, as one."""
    judged_alone = Hit.objects.exclude(BY_NEIGHBOURS).order_by()
    seen = ["agent", "agent__text", *FLAGS, "hit_class", "rule", "rules_version"]
    found: Iterable[dict[str, Any]]
    found = judged_alone.values(*seen).annotate(number=Count("pk"))
    return found


def _alone(group: dict[str, Any]) -> int:
    number, was = group.pop("number"), (group["hit_class"], group["rule"])
    now = reading_rules.classify(_facts(group))
    if (*was, group["rules_version"]) == (*now, reading_rules.VERSION):
        return 0
    same = Hit.objects.filter(**group)
    same.update(hit_class=now[0], rule=now[1], rules_version=reading_rules.VERSION)
    return int(number) if was != now else 0


def _steps(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Up to an hour each, over all hits between, without the hours of none."""
    while since <= until:
        following = Hit.objects.filter(at__gte=since, at__lte=until).order_by("at")
        start = following.values_list("at", flat=True).first()
        if start is None:
            return
        yield start, min(start + STEP, until)
        since = start + STEP


def _again(start: datetime, end: datetime) -> int:
    """Of those in between also what was a crowd's, and is not any more."""
    between = Hit.objects.filter(at__gte=start, at__lte=end)
    were = set(between.filter(BY_NEIGHBOURS).values_list("pk", flat=True))
    found = _crowded(start - REACH, end + REACH)
    return _judge(dict.fromkeys(were, "") | found)


def _crowded(since: datetime, until: datetime) -> dict[int, str]:
    """{number: rule} of the hits in between that stand in a crowd. Openings are looked
    for a little earlier."""
    links = Q(at__gte=since) | Q(target_kind=Hit.PIXEL, at__gte=since - REACH)
    near = Hit.objects.filter(at__gte=since - REACH, at__lte=until).order_by("at", "pk")
    rows = list(near.filter(links, letter__isnull=False).values_list(*SEEN))
    found = _found(rows)
    if not found:
        return {}
    clients = {client for pk, _at, client, *_rest in rows if pk in found}
    return _found(sorted([*rows, *_pages(since, until, clients)], key=_moment))


def _pages(since: datetime, until: datetime, clients: Collection[int]) -> list[Any]:
    pages = Hit.objects.filter(letter=None, at__gte=since, at__lte=until)
    rows: list[Any] = []
    for part in _parts(clients):
        rows += pages.filter(client__in=part).values_list(*SEEN)
    return rows


def _moment(row: tuple[Any, ...]) -> tuple[datetime, int]:
    return row[1], row[0]


def _found(rows: list[Any]) -> dict[int, str]:
    seen = [
        neighbours.Seen(
            at=at.timestamp(),
            client=client,
            letter=letter,
            link=(kind, target, language),
            is_opening=kind == Hit.PIXEL,
        )
        for _pk, at, client, letter, kind, target, language in rows
    ]
    return {rows[place][0]: rule for place, rule in neighbours.machines(seen).items()}


def _judge(rules: dict[int, str]) -> int:
    """Those hits, each with the rule of its crowd, "" for none; how many change."""
    changed = 0
    moved: dict[tuple[str, str], list[int]] = {}
    for part in _parts(rules):
        rows = Hit.objects.filter(pk__in=part).values(
            "pk", "agent__text", *FLAGS, "hit_class", "rule", "rules_version"
        )
        for row in rows:
            alone = reading_rules.classify(_facts(row))
            now = reading_rules.with_neighbours(alone, rules[row["pk"]])
            changed += now != (row["hit_class"], row["rule"])
            moved.setdefault(now, []).append(row["pk"])
    for (hit_class, rule), numbers in moved.items():
        for part in _parts(numbers):
            Hit.objects.filter(pk__in=part).update(
                hit_class=hit_class, rule=rule, rules_version=reading_rules.VERSION
            )
    return changed


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(numbers)
    for start in range(0, len(listed), MANY):
        yield listed[start : start + MANY]


def _facts(row: dict[str, Any]) -> Facts:
    return Facts(row["agent__text"], *(row[flag] for flag in FLAGS))
