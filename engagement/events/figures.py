"""The figures of one event, in the reader's language and with small counts hidden."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from engagement.events import figure_sums
from engagement.events.figure_sums import Name, Told
from engagement.events.models import Event
from engagement.metrics import presentation
from engagement.metrics.presentation import Counts, Figure
from engagement.metrics.registry import Metric, Reading
from engagement.metrics.words import count_or_hidden, number, percent
from engagement.people.models import Function, Sector

# What was counted is protected with all that stands on the page.
NONE = Reading(0)


class Line(NamedTuple):
    """Of a table; each cell as it is shown."""

    label: str
    invited: str
    answered: str
    share: str
    came: str


class Table(NamedTuple):
    title: str
    lines: list[Line]
    hides: bool


class Shown(NamedTuple):
    figures: list[Figure]
    tables: list[Table]

    @property
    def hides(self) -> bool:
        hidden = [one.hides for one in self.figures]
        return any(hidden + [one.hides for one in self.tables])


def of(event: Event) -> Shown:
    told = figure_sums.of(event)
    return Shown(_figures(event, told), _tables(told.shown))


def _figures(event: Event, told: Told) -> list[Figure]:
    """Each with its base. What cannot be known yet is not among them."""
    shown = told.shown
    found = [
        _figure(
            "invited", _("Invited"), _("Asked by name to come."), shown["invited",]
        ),
        _figure(
            "said-yes",
            _("Said yes"),
            _("Said yes or sent a deputy, of those invited by name."),
            shown["yes",],
            shown["invited",],
            _("Invitations that were not taken back."),
        ),
        _figure(
            "registered",
            _("Registered"),
            _("Registrations that have a place now."),
            shown["live",],
            shown["all",],
            _("All registrations made, with those that wait or were cancelled."),
        ),
        _figure(
            "waiting",
            _("Waiting"),
            _("On the waiting list now."),
            shown["waiting",],
        ),
        _figure(
            "attended",
            _("Came"),
            _("Marked as having come: on the list, at the door, or by a report."),
            shown["came",],
            shown["live",],
            _("Registrations that have a place now."),
        ),
        _figure(
            "deputies",
            _("Deputies"),
            _("Came in place of somebody else."),
            shown["deputies",],
            shown["came",],
            _("Everybody who came."),
        ),
        _figure(
            "walk-ins",
            _("Walk-ins"),
            _("Came without having registered."),
            shown["walk-ins",],
            shown["came",],
            _("Everybody who came."),
        ),
    ]
    if event.status == Event.Status.HELD:
        found.append(
            _figure(
                "no-shows",
                _("Did not come"),
                _("Had a place and were not marked as having come."),
                shown["absent",],
                shown["live",],
                _("Registrations that have a place now."),
            )
        )
    return [*found, _minutes(told)]


def _tables(shown: Mapping[Name, int | None]) -> list[Table]:
    """Who came against who was invited."""
    functions = [*Function.choices, ("", _("Not known"))]
    return [
        _table(shown, "sector", _("By sector"), Sector.choices),
        _table(shown, "function", _("By function"), functions),
    ]


def _figure(
    key: str,
    title: str,
    meaning: str,
    value: int | None,
    base: int | Literal[""] | None = "",
    base_meaning: str = "",
) -> Figure:
    metric = Metric(
        key=key,
        position=0,
        title=title,
        meaning=meaning,
        measure=lambda _id: NONE,
        base_meaning=base_meaning,
        counts_people=True,
    )
    return presentation.figure(metric, NONE, Counts(value, base))


def _minutes(told: Told) -> Figure:
    """Hidden with the number of those it is of: of a few it would tell of each."""
    measured, people = told.shown["measured",], told.shown["came",]
    words = {"measured": number(measured or 0), "people": count_or_hidden(people)}
    base = _("Measured for %(measured)s of %(people)s people who came.") % words
    hides = measured is None
    return Figure(
        key="minutes",
        title=_("Minutes present"),
        value=_("hidden") if hides else number(told.minutes) if measured else "",
        base="" if hides else base,
        meaning=_(
            "The median: half of them were there for longer. Known from reports of Teams and Zoom."
        ),
        chart=None,
        hides=hides,
    )


def _table(
    shown: Mapping[Name, int | None],
    field: str,
    title: str,
    choices: Iterable[tuple[str, object]],
) -> Table:
    """In the order of the choices."""
    lines, counts = [], []
    for key, label in choices:
        if ("came", field, key) in shown:
            cells = [
                shown[name, field, key] for name in ("invited", "answered", "came")
            ]
            counts += cells
            asked, there, came = map(count_or_hidden, cells)
            share = _share(cells[1], cells[0])
            lines.append(Line(str(label), asked, there, share, came))
    return Table(title, lines, None in counts)


def _share(part: int | None, whole: int | None) -> str:
    return percent(part, whole) if whole and part is not None else ""
