"""The ledger of an issue, held against what the mail server took."""

from collections import Counter
from dataclasses import dataclass, field

# What may be said of a message that the server took, and of one that it did not.
TAKEN = {"accepted", "unknown"}
NOT_TAKEN = {"rejected", "suppressed", "unknown"}
NAUGHTS = ("missing", "invented", "repeated", "unnamed", "misnamed")


@dataclass
class Score:
    finished: bool
    taken: int
    states: Counter
    # The most unknowns there may be.
    limit: int
    # Recipients: neither taken nor owned up to; said to be accepted, and were not;
    # taken twice; taken, and the ledger says something else; two people's messages
    # with one Message-ID, or one person's with two.
    missing: list = field(default_factory=list)
    invented: list = field(default_factory=list)
    repeated: list = field(default_factory=list)
    unnamed: list = field(default_factory=list)
    misnamed: list = field(default_factory=list)

    @property
    def problems(self):
        """Sentences; none where the ledger kept its promises."""
        found = [] if self.finished else ["the issue was not finished in time"]
        found += [
            f"{name}: {len(rows)} ({', '.join(rows[:5])})"
            for name in NAUGHTS
            if (rows := getattr(self, name))
        ]
        if self.states["unknown"] > self.limit:
            found.append(f"unknown: {self.states['unknown']}, limit {self.limit}")
        return found


def score(*, states, records, finished, limit):
    """`states`: recipient -> state in the ledger; `records`: the mail server's log."""
    taken = [row for row in records if "to" in row]
    times = Counter(row["to"] for row in taken)
    pairs = {(row["to"], row["id"]) for row in taken}
    ids = Counter(name for _to, name in pairs)
    names = Counter(to for to, _name in pairs)
    return Score(
        finished=finished,
        taken=len(times),
        states=Counter(states.values()),
        limit=limit,
        missing=[
            to
            for to, state in states.items()
            if to not in times and state not in NOT_TAKEN | {"accepted"}
        ],
        invented=[
            to
            for to, state in states.items()
            if to not in times and state == "accepted"
        ],
        repeated=[to for to, number in times.items() if number > 1],
        unnamed=[to for to in times if states.get(to) not in TAKEN],
        misnamed=[to for to, name in pairs if ids[name] > 1 or names[to] > 1],
    )
