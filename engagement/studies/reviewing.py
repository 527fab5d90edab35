"""What the checklist of a review is made of. Each app's `checklist.py` registers lines
for a part of it, and whom the app knows that a study has reached."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import LANGUAGES, shown
from engagement.studies.models import Study


class Part(models.TextChoices):
    MILESTONES = "milestones", _("Milestones")
    WINS = "wins", _("Early wins")
    POLICY = "policy", _("Policy changes noted")
    GAPS = "gaps", _("Gaps")
    RISKS = "risks", _("Risks that are open")


class State(models.TextChoices):
    DONE = "done", _("Done")
    DUE = "due", _("Due")
    OVERDUE = "overdue", _("Overdue")
    NONE = "", ""


@dataclass(frozen=True)
class Period:
    """From the day after the last review up to the day of this one, both included."""

    study: Study
    since: date
    until: date


@dataclass(frozen=True)
class Line:
    """`key` names the same thing from one review to the next."""

    key: str
    text_en: str
    text_cy: str
    state: str = State.NONE
    on: date | None = None
    synthetic: bool = False

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    def frozen(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat() if self.on else None}

    @classmethod
    def thawed(cls, kept: dict[str, Any]) -> "Line":
        day = kept["on"]
        return cls(**kept | {"on": date.fromisoformat(day) if day else None})


class Both(NamedTuple):
    en: str
    cy: str


Collect = Callable[[Period], Iterable[Line]]
Reach = Callable[[Period], Iterable[str]]
_parts: dict[str, list[Collect]] = {part: [] for part in Part.values}
_reach: list[Reach] = []


def add(part: Part, collect: Collect) -> None:
    _parts[part].append(collect)


def add_reach(reach: Reach) -> None:
    """`reach` gives the sectors of which somebody came, read or was written to."""
    _reach.append(reach)


def reached(period: Period) -> set[str]:
    return {sector for reach in _reach for sector in reach(period)}


def collected(period: Period) -> dict[str, list[Line]]:
    return {
        part: [line for collect in collects for line in collect(period)]
        for part, collects in _parts.items()
    }


def both(text: str | Promise, **things: Any) -> Both:
    """A sentence in each language. A value is a thing with its field, as (seat, "label"),
    or anything that says itself in the language of the moment."""
    said = []
    for lang in LANGUAGES:
        with translation.override(lang):
            values = {
                name: shown(thing[0], thing[1], lang).text
                if isinstance(thing, tuple)
                else thing
                for name, thing in things.items()
            }
            said.append(str(text) % values if values else str(text))
    return Both(*said)
