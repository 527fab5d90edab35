"""A request, checked as the protocol says."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Self

from django.http import QueryDict

from engagement.core import tokens

PREFIX = "oai_dc"
TOKEN_LASTS = timedelta(days=1)
# For each verb the arguments it needs, and those it may have.
LISTING = ({"metadataPrefix"}, {"from", "until", "set"})
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), set()),
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
}
# Those whose answer may come in parts.
IN_PARTS = ("ListSets", "ListIdentifiers", "ListRecords")
DAY, SECOND = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
# As the schema has them.
NAME = r"[\w\-.!~*'()]+"
PATTERNS = {"metadataPrefix": NAME, "set": f"{NAME}(:{NAME})*"}


class Error(Exception):
    """One of the conditions of the protocol (3.6), which are answered with status 200."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class Place(NamedTuple):
    """Where a list goes on: after the record `pk` that was changed at `stamp`. `done` is
    how many were given out, `size` how many there were at first."""

    stamp: datetime
    pk: int
    done: int
    size: int


class Asked(NamedTuple):
    """`given` are the arguments of a list as it was first asked for; `until` is the first moment that is too late."""

    verb: str
    given: dict[str, str]
    place: Place | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def read(cls, arguments: QueryDict) -> Self:
        """Raises Error."""
        given = _single(arguments)
        verb = given["verb"]
        if "resumptionToken" in given:
            return cls._resumed(verb, given)
        needed, allowed = VERBS[verb]
        names = given.keys() - {"verb"}
        if wrong := names - needed - allowed:
            raise Error("badArgument", f"Not known here: {', '.join(sorted(wrong))}")
        if lacking := needed - names:
            raise Error("badArgument", f"Missing: {', '.join(sorted(lacking))}")
        return cls._checked(verb, given)

    @classmethod
    def _checked(cls, verb: str, given: dict[str, str]) -> Self:
        for name, pattern in PATTERNS.items():
            if name in given and not re.fullmatch(pattern, given[name], re.ASCII):
                raise Error("badArgument", f"No {name} is written like that.")
        bounds = [_moment(given[name]) for name in ("from", "until") if name in given]
        if bounds != sorted(bounds):
            raise Error("badArgument", "until is before from.")
        if len({len(given.get(name, "")) for name in ("from", "until")} - {0}) > 1:
            raise Error("badArgument", "from and until differ in granularity.")
        # Last: the answer repeats what was asked, so all of it is well written.
        if given.get("metadataPrefix", PREFIX) != PREFIX:
            raise Error("cannotDisseminateFormat", f"There is {PREFIX} alone.")
        since = bounds[0] if "from" in given else None
        until = _after(bounds[-1], given["until"]) if "until" in given else None
        return cls(verb, given, since=since, until=until)

    @classmethod
    def _resumed(cls, verb: str, given: dict[str, str]) -> Self:
        """What was asked first, from where that stopped."""
        if verb not in IN_PARTS or given.keys() != {"verb", "resumptionToken"}:
            raise Error("badArgument", "resumptionToken stands alone.")
        try:
            value = tokens.read("oai", given["resumptionToken"], max_age=TOKEN_LASTS)
            first, stamp, *rest = value
        except (tokens.BadToken, ValueError, TypeError) as error:
            raise Error("badResumptionToken", "Altered, or too old.") from error
        if first["verb"] != verb:
            raise Error("badResumptionToken", "It is for another verb.")
        place = Place(datetime.fromisoformat(stamp), *rest)
        return cls._checked(verb, first)._replace(place=place)


def token(asked: Asked, place: Place) -> str:
    """Everything is in it, signed: nothing is kept between the parts of a list."""
    value: list[Any] = [asked.given, place.stamp.isoformat(), *place[1:]]
    return tokens.make("oai", value)


def _single(arguments: QueryDict) -> dict[str, str]:
    verbs = arguments.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Error("badVerb", f"One of {', '.join(VERBS)}.")
    if more := [name for name, values in arguments.lists() if len(values) > 1]:
        raise Error("badArgument", f"More than once: {', '.join(more)}")
    given = {name: str(value) for name, value in arguments.items()}
    if "\x00" in "".join(given.values()):
        raise Error("badArgument", "A character that no text has.")
    return given


def _moment(text: str) -> datetime:
    try:
        if re.fullmatch(f"{DAY}|{SECOND}", text, re.ASCII):
            return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        # As the 30th of February.
        pass
    raise Error("badArgument", "Not a date: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def _after(last: datetime, text: str) -> datetime | None:
    """`until` takes in its whole day or second; what is kept is finer."""
    step = timedelta(days=1) if len(text) == 10 else timedelta(seconds=1)
    try:
        return last + step
    except OverflowError:
        return None
