"""Who was there and when, by an attendance report: each participant once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from engagement.core import digests
from engagement.core.errors import Refused
from engagement.events.models import Event
from engagement.events.services import report_cells, report_tables, stays
from engagement.events.services.report_tables import Report, Row
from engagement.events.services.stays import Stay
from engagement.people.services import likeness

# As many wrong cells are named; one is enough to refuse the file.
NAMED = 50


class Bad(NamedTuple):
    row: int
    column: str
    problem: str


class BadReport(Refused):
    """Cells are wrong; `bad` names the first of them."""

    def __init__(self, bad: list[Bad]) -> None:
        self.bad = bad[:NAMED]
        super().__init__(
            _("Row %(row)s, column “%(column)s”: %(problem)s") % bad[0]._asdict()
        )


class AnotherTime(Refused):
    """Nobody in it was there at the time of the event."""


@dataclass
class Somebody:
    """Stays are cut to the event's time, and none where they were there only outside of
    it; `addresses` are all by which they may be known."""

    name: str
    email: str = ""
    addresses: set[str] = field(default_factory=set)
    stays: list[Stay] = field(default_factory=list)

    @property
    def key(self) -> str:
        return key(self.name, self.email)


def key(name: str, email: str) -> str:
    """What makes two rows the same participant: the address, else the name."""
    return digests.normal(email) if email else f"name {likeness.fold(name)}"


def read(content: bytes, event: Event) -> tuple[str, list[Somebody]]:
    """The program and its participants. Raises reading.Unreadable, BadReport, AnotherTime.

    Times are by the event's clock. Whether 3/4 is in March or in April is not in the
    file: the order that fits all of it, and the event, is taken.
    """
    report = report_tables.read(content)
    tries = [_Reader(event, day_first).read(report) for day_first in (False, True)]
    best = min(tries, key=lambda reader: (len(reader.bad), reader.distance()))
    if best.bad:
        raise BadReport(best.bad)
    found = list(best.found.values())
    for one in found:
        cut = (stays.within(event, stay) for stay in one.stays)
        one.stays = stays.union(stay for stay in cut if stay)
    if not any(one.stays for one in found):
        raise AnotherTime(
            _(
                "Nobody in this report was there at the time of the event. Is it the report of another meeting?"
            )
        )
    return report.program, found


class _Reader:
    """One pass over a report, by one order of day and month."""

    def __init__(self, event: Event, day_first: bool) -> None:
        self.event, self.day_first = event, day_first
        self.zone = ZoneInfo(event.time_zone)
        self.found: dict[str, Somebody] = {}
        # By their name, the keys of whom the report lists as people.
        self.named: dict[str, set[str]] = defaultdict(set)
        self.bad: list[Bad] = []

    def read(self, report: Report) -> "_Reader":
        if report.stays and "action" in report.stays[0].cells:
            self._pair(report.stays)
            return self
        for row in report.people:
            if one := self._somebody(row):
                self.named[likeness.fold(one.name)].add(one.key)
        for row in report.stays:
            if _was_let_in(row):
                self._add(row)
        told = {key for key, one in self.found.items() if one.stays}
        for row in report.people:
            self._add(row, but_not=told)
        self.bad = list(dict.fromkeys(self.bad))
        return self

    def distance(self) -> timedelta:
        """From the event, of who came nearest to its beginning."""
        starts = self.event.starts_at
        began = [stay[0] for one in self.found.values() for stay in one.stays]
        return min((abs(at - starts) for at in began if starts), default=timedelta.max)

    def _add(self, row: Row, but_not: Collection[str] = ()) -> None:
        stay, somebody = self._stay(row), self._somebody(row)
        if stay and somebody and somebody.key not in but_not:
            somebody.stays.append(stay)

    def _somebody(self, row: Row) -> Somebody | None:
        name, upn = row.cells["name"], row.cells.get("upn", "")
        if not name:
            self._wrong(row, "name", _("There is no name."))
            return None
        if len(name) > 200:
            self._wrong(row, "name", _("This is too long."))
            return None
        upn = _home_address(upn)
        email = row.cells.get("email", "") or upn
        if email and ("@" not in email or len(email) > 320):
            self._wrong(row, "email", _("This is no e-mail address."))
            return None
        known = key(name, email)
        # The list of stays may have no address where the list of people has.
        if not email and len(named := self.named.get(likeness.fold(name), set())) == 1:
            [known] = named
        one = self.found.setdefault(known, Somebody(name, email.lower()))
        one.addresses |= {digests.normal(each) for each in (email, upn) if each}
        return one

    def _stay(self, row: Row) -> Stay | None:
        """From joining to leaving; where one of them is not told, by how long it was."""
        cell = row.cells.get("duration", "")
        long = report_cells.duration(cell)
        if cell and long is None:
            said = _("“%(cell)s” is no duration.") % {"cell": cell}
            self._wrong(row, "duration", said)
            return None
        began, ended = self._time(row, "joined"), self._time(row, "left")
        if "joined" not in row.cells:
            began = self.event.starts_at
        if began is None:
            return None
        if ended is None and long is None:
            column = "left" if "left" in row.cells else "duration"
            self._wrong(row, column, _("This is missing."))
            return None
        by_length = began + long if long is not None else None
        if ended is None or row.headings.get("joined", "").lower() == "first join":
            # Away in between: a participant's line tells how long, not when.
            ended = min(at for at in (ended, by_length) if at)
        if ended < began:
            self._wrong(row, "left", _("This is before the time of joining."))
            return None
        return began, ended

    def _time(self, row: Row, column: str) -> datetime | None:
        cell = row.cells.get(column, "")
        if not cell:
            if column in {"joined", "at"} and column in row.cells:
                self._wrong(row, column, _("This is missing."))
            return None
        at = report_cells.time(cell, day_first=self.day_first)
        if at is None:
            self._wrong(row, column, _("“%(cell)s” is no time.") % {"cell": cell})
            return None
        return at.replace(tzinfo=self.zone).astimezone(UTC)

    def _pair(self, rows: list[Row]) -> None:
        """Who joined and has not left was there to the end."""
        moves: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
        for row in rows:
            somebody, at = self._somebody(row), self._time(row, "at")
            if somebody and at:
                left = row.cells["action"].lower() == "left"
                moves[somebody.key].append((at, left))
        last = max((at for each in moves.values() for at, _left in each), default=None)
        for name, each in moves.items():
            here: list[datetime] = []
            for at, left in sorted(each):
                if not left:
                    here.append(at)
                elif here:
                    self.found[name].stays.append((here.pop(), at))
            end = self.event.ends_at or last
            self.found[name].stays += [(at, end) for at in here if end and at <= end]

    def _wrong(self, row: Row, column: str, problem: str) -> None:
        self.bad.append(Bad(row.number, row.headings.get(column, column), problem))


def _was_let_in(row: Row) -> bool:
    """Zoom lists who waited outside, and for a webinar who registered and stayed away."""
    waited = row.cells.get("waiting", "").lower() == "yes"
    return not waited and row.cells.get("attended", "").lower() != "no"


def _home_address(upn: str) -> str:
    """A guest's own address, which Microsoft Entra writes into the name it gives them:
    ann_council.example#EXT#@host.onmicrosoft.com."""
    own, mark, _host = upn.partition("#EXT#")
    if not mark:
        return upn if "@" in upn else ""
    name, _underscore, domain = own.rpartition("_")
    return f"{name}@{domain}"
