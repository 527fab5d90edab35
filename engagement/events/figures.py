"""The figures of one event, in the reader's language and with small counts hidden."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.events import turnout
from engagement.events.models import Event, Invitation, Registration
from engagement.metrics import presentation
from engagement.metrics.presentation import Figure
from engagement.metrics.registry import Metric, Reading
from engagement.metrics.suppression import FEWEST, suppress
from engagement.metrics.words import number, percent
from engagement.people.models import Function, Sector


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


def of(event: Event) -> list[Figure]:
    """Each with its base. What cannot be known yet is not among them."""
    came, live = turnout.attended(event), event.registrations.live()
    people, expected = came.count(), live.count()
    asked = turnout.invited(event=event)
    yes = asked.filter(answer__in=[Invitation.Answer.YES, Invitation.Answer.DEPUTY])
    walked = came.filter(source=Registration.Source.WALK_IN)
    held = event.status == Event.Status.HELD
    found = [
        _figure("invited", _("Invited"), _("Asked by name to come."), asked.count()),
        _figure(
            "said-yes",
            _("Said yes"),
            _("Said yes or sent a deputy, of those invited by name."),
            yes.count(),
            asked.count(),
            _("Invitations that were not taken back."),
        ),
        _figure(
            "registered",
            _("Registered"),
            _("Registrations that have a place now."),
            expected,
            event.registrations.count(),
            _("All registrations made, with those that wait or were cancelled."),
        ),
        _figure(
            "waiting",
            _("Waiting"),
            _("On the waiting list now."),
            event.registrations.in_line().count(),
        ),
        _figure(
            "attended",
            _("Came"),
            _("Marked as having come: on the list, at the door, or by a report."),
            people,
            expected,
            _("Registrations that have a place now."),
        ),
        _figure(
            "deputies",
            _("Deputies"),
            _("Came in place of somebody else."),
            turnout.deputies(came).count(),
            people,
            _("Everybody who came."),
        ),
        _figure(
            "walk-ins",
            _("Walk-ins"),
            _("Came without having registered."),
            walked.count(),
            people,
            _("Everybody who came."),
        ),
    ]
    if held:
        missed = turnout.no_shows(event).count()
        found.append(
            _figure(
                "no-shows",
                _("Did not come"),
                _("Had a place and were not marked as having come."),
                missed,
                expected,
                _("Registrations that have a place now."),
            )
        )
    return [*found, _minutes(event, people)]


def tables(event: Event) -> list[Table]:
    """Who came against who was invited."""
    return [
        _table(event, "sector", _("By sector"), Sector.choices),
        _table(
            event,
            "function",
            _("By function"),
            [*Function.choices, ("", _("Not known"))],
        ),
    ]


def _figure(
    key: str,
    title: str,
    meaning: str,
    value: int,
    base: int | None = None,
    base_meaning: str = "",
) -> Figure:
    metric = Metric(
        key=key,
        position=0,
        title=title,
        meaning=meaning,
        measure=lambda _id: Reading(value),
        base_meaning=base_meaning,
        counts_people=True,
    )
    return presentation.figure(metric, Reading(value, base))


def _minutes(event: Event, people: int) -> Figure:
    """A median of fewer than five would tell of each of them."""
    middle, measured = turnout.median_minutes(event)
    small = 0 < measured < FEWEST
    words = {"measured": number(measured), "people": number(people)}
    base = _("Measured for %(measured)s of %(people)s people who came.") % words
    return Figure(
        key="minutes",
        title=_("Minutes present"),
        value=_("hidden") if small else number(middle) if measured else "",
        base="" if small else base,
        meaning=_(
            "The median: half of them were there for longer. Known from reports of Teams and Zoom."
        ),
        chart=None,
        hides=small,
    )


def _table(
    event: Event, field: str, title: str, choices: Iterable[tuple[str, object]]
) -> Table:
    """In the order of the choices. Who did not come is told by the other two counts, so
    it is looked at as well."""
    found = {share.key: share for share in turnout.shares(event, field)}
    kept = [(str(label), found[key]) for key, label in choices if key in found]
    shares = [share for _label, share in kept]
    invited = suppress([share.invited for share in shares])
    answered = suppress([share.answered for share in shares])
    away = suppress([share.invited - share.answered for share in shares])
    came = suppress([share.came for share in shares])
    told = [
        None if a is None or b is None else b
        for a, b in zip(away, answered, strict=True)
    ]
    lines = [
        Line(label, _shown(asked), _shown(there), _share(there, asked), _shown(all_))
        for (label, _share_), asked, there, all_ in zip(
            kept, invited, told, came, strict=True
        )
    ]
    return Table(title, lines, _hides(invited, told, came))


def _shown(count: int | None) -> str:
    return _("hidden") if count is None else number(count)


def _share(part: int | None, whole: int | None) -> str:
    return percent(part, whole) if whole and part is not None else ""


def _hides(*columns: Sequence[int | None]) -> bool:
    return any(count is None for column in columns for count in column)
