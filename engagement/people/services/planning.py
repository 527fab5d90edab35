"""What an import would do, row by row, and why not."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from engagement.people.models import Alias, EmailAddress, Organisation, Suppression
from engagement.people.services import likeness, records, rows
from engagement.people.services.reading import Table
from engagement.people.services.rows import Bad, Row

BATCH = 2000
# As many of each kind are shown; all are counted.
SHOWN = 500


class Change(NamedTuple):
    """A field of a person on record: what it says, and what the file says."""

    field: str
    before: str
    after: str


@dataclass
class Step:
    """What becomes of one row. `record` is None for somebody new; `person` is their
    number, once they have one."""

    row: Row
    kind: str
    record: records.Record | None = None
    person: int = 0
    organisation: int | None = None
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)


@dataclass
class Plan:
    """Counts of all, and the first of each kind to show. Plain data, fit for JSON."""

    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    digest: str = ""

    def add(self, kind: str, *what: Any) -> None:
        self.counts[kind] += 1
        if len(self.shown[kind]) < SHOWN:
            self.shown[kind].append(list(what))

    @property
    def refused(self) -> bool:
        return self.counts["bad"] > 0


@dataclass
class Options:
    """`columns` maps our fields to headings; `overwrite` lets the file win over what is
    on record; `same` says of rows by their number whose they are, a person's number."""

    columns: Mapping[str, str]
    overwrite: bool = False
    same: Mapping[int, int] = field(default_factory=dict)


def run(
    table: Table,
    options: Options,
    *,
    carry_out: Callable[[list[Step]], None] | None = None,
    tell: Callable[[int], None] = lambda _done: None,
) -> Plan:
    """Goes through the file once, in batches; `carry_out` is given each batch of steps,
    `tell` how many rows are done. Raises reading.Unreadable.

    The plan's digest tells two runs with other outcomes apart.
    """
    plan, outcome = Plan(), hashlib.sha256()
    bodies, people = _bodies(), likeness.Index()
    seen: dict[str, int] = {}
    for batch in _batches(_cleaned(table, options, plan, seen)):
        steps = _steps(batch, options, bodies)
        if carry_out is None:
            _look_for_alike(steps, people)
        for step in steps:
            _note(plan, step)
            outcome.update(_said(step).encode())
        if carry_out and not plan.refused:
            carry_out(steps)
        tell(batch[-1].number - 1)
    plan.digest = outcome.hexdigest()
    return plan


def _cleaned(
    table: Table, options: Options, plan: Plan, seen: dict[str, int]
) -> Iterator[Row]:
    cleaners = rows.cleaners()
    fields = {heading: name for name, heading in options.columns.items() if heading}
    names = [fields.get(heading) for heading in table.headings]
    for number, cells in table.rows:
        values = {name: cell for name, cell in zip(names, cells, strict=True) if name}
        row, bad = rows.clean(number, values, options.columns, cleaners)
        if not bad and (first := seen.setdefault(row.digest, number)) != number:
            said = _("This address is in row %(row)s too.") % {"row": first}
            bad = [Bad(number, options.columns["email"], said)]
        for one in bad:
            plan.add("bad", *one)
        if not bad:
            yield row


def _batches(items: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _bodies() -> dict[str, int]:
    """By each of their names, folded."""
    bodies: dict[str, int] = {}
    current = Organisation.objects.current()
    for pk, *names in current.values_list("pk", "name_en", "name_cy"):
        bodies |= {likeness.fold(name): pk for name in names}
    aliases = Alias.objects.filter(organisation__merged_into=None)
    for pk, name in aliases.values_list("organisation", "name"):
        bodies.setdefault(likeness.fold(name), pk)
    return bodies


def _look_for_alike(steps: list[Step], people: likeness.Index) -> None:
    """For whoever looks at the plan; what is done does not depend on it."""
    for step in steps:
        if step.kind == "new":
            row = step.row
            whom = people.like(row.name, row.email, step.organisation)
            step.conflicts += [
                Change("likeness", str(pk), name) for pk, name in whom[:5]
            ]


def _steps(batch: list[Row], options: Options, bodies: dict[str, int]) -> list[Step]:
    people = _records(batch, options)
    erased = set(
        Suppression.objects.filter(
            digest__in=[row.digest for row in batch],
            reason=Suppression.Reason.ERASED,
            lifted_at=None,
        ).values_list("digest", flat=True)
    )
    others = _holders(row.other_digest for row in batch)
    return [_step(row, people, erased, others, options, bodies) for row in batch]


def _records(batch: list[Row], options: Options) -> dict[str, records.Record]:
    """By the digest of the row's address. Somebody said to be the same counts as
    known."""
    found = _holders(row.digest for row in batch)
    found |= {
        row.digest: options.same[row.number]
        for row in batch
        if row.number in options.same and row.digest not in found
    }
    loaded = records.load(set(found.values()))
    return {digest: loaded[pk] for digest, pk in found.items() if pk in loaded}


def _holders(digests: Iterable[str]) -> dict[str, int]:
    """Whose the addresses with these digests are."""
    keys = [digest for digest in digests if digest]
    rows_ = EmailAddress.objects.filter(digest__in=keys)
    return dict(rows_.values_list("digest", "person"))


def _step(
    row: Row,
    people: dict[str, records.Record],
    erased: set[str],
    others: dict[str, int],
    options: Options,
    bodies: dict[str, int],
) -> Step:
    body = bodies.get(likeness.fold(row.organisation)) if row.organisation else None
    record = people.get(row.digest)
    if row.digest in erased:
        return Step(row, "erased")
    step = Step(row, "new", record, record.pk if record else 0, body)
    holder = others.get(row.other_digest)
    if holder and holder != step.person:
        step.conflicts.append(Change("other_email", "", row.other_email))
        row.other_email = row.other_digest = ""
    if record is not None:
        _compare(step, record, options)
        step.kind = "changed" if step.changes else "same"
    return step


def _compare(step: Step, record: records.Record, options: Options) -> None:
    row, post = step.row, record.post
    now = {
        "name": (record.name, row.name),
        "language": (record.language, row.language),
        "sector": (post.stated_sector, "" if step.organisation else row.sector),
        "function": (post.function, row.function),
        "post": (post.post, row.post),
        "organisation": (post.body, row.organisation),
    }
    for name, (before, after) in now.items():
        if not after or before == after:
            continue
        # Another name of the same body is no change, nor are accents and capitals.
        if name == "organisation" and step.organisation:
            if post.organisation_id == step.organisation:
                continue
        elif likeness.fold(before) == likeness.fold(after):
            continue
        fills = not before or options.overwrite
        (step.changes if fills else step.conflicts).append(Change(name, before, after))
    for digest, address in (
        (row.digest, row.email),
        (row.other_digest, row.other_email),
    ):
        if digest and digest not in record.digests:
            step.changes.append(Change("address", "", address))
    if new := {tag for tag in row.tags if tag.lower() not in record.tags}:
        step.changes.append(Change("tags", "", ", ".join(sorted(new))))
    if set(row.interests) - record.interests:
        step.changes.append(Change("interests", "", ""))


def _said(step: Step) -> str:
    changes = [change.field for change in step.changes]
    return f"{step.row.number} {step.kind} {step.person} {changes};"


def _note(plan: Plan, step: Step) -> None:
    row = step.row
    plan.add(
        step.kind, row.number, row.name, row.email, [list(c) for c in step.changes]
    )
    for change in step.conflicts:
        kind = "alike" if change.field == "likeness" else "conflict"
        plan.add(kind, row.number, row.name, row.email, list(change))
