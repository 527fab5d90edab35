"""Whom the study reached, by sector and function, against whom it means to reach."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from engagement.metrics import disclosure
from engagement.metrics import tables as crossed
from engagement.people.models import Function, Person, Sector
from engagement.reports.tables import TEXT, Column, Table
from engagement.studies import reach as targets
from engagement.studies.models import Study
from engagement.studies.sections import Section

# A sector and a function.
Spot = tuple[str, ...]


class Reach(NamedTuple):
    """`empty` names the cells where somebody is wanted and nobody was reached."""

    table: Table
    empty: list[str]


def heat_map(study: Study, parts: Iterable[Section]) -> Reach:
    """People by their posts of today; somebody with two posts is in two cells."""
    found = _people([part.reached for part in parts if part.reached is not None])
    wanted = _wanted(study)
    sectors = [one for one in [*Sector.values, ""] if _occurs(one, found, wanted)]
    columns = [*Function.values] + [""] * any(not spot[1] for spot in found)
    told = _told(found, sectors, columns)
    marks = [
        (i, j + 1)
        for i, sector in enumerate(sectors)
        for j, function in enumerate(columns)
        if (sector, function) in wanted
    ]
    table = Table(
        key="map",
        title=_("People reached, by sector and function"),
        kind="heat",
        columns=[
            Column(_("Sector"), TEXT),
            *(Column(_label(Function, one)) for one in columns),
        ],
        rows=[
            [_label(Sector, sector), *(told[sector, one] for one in columns)]
            for sector in sectors
        ],
        notes=[
            _(
                "People who were sent an issue or came to an event, by the sector and "
                "function of the post that they hold now. Somebody with two posts is "
                "counted in each. Whoever has no post on record is not in the map."
            )
        ],
        wanted=marks,
        keys=["reached-people"] * len(sectors),
    )
    empty = [
        f"{_label(Sector, sectors[i])}, {_label(Function, columns[j - 1])}"
        for i, j in marks
        if table.rows[i][j] == 0
    ]
    return Reach(table, empty)


def _told(
    found: Counter[Spot], sectors: list[str], functions: list[str]
) -> Mapping[crossed.Key, int | None]:
    """Whoever looks may know how many there are of a sector or of a function: the totals
    are protected too, though the map has none."""
    dims = [
        crossed.Dimension(key, "", dict.fromkeys(values, ""))
        for key, values in (("sector", sectors), ("function", functions))
    ]
    table = crossed.Table((dims[0], dims[1]), found)
    return disclosure.protect(table, fewest=disclosure.threshold(public=False)).shown


def _people(reached: list[QuerySet[Person]]) -> Counter[Spot]:
    posts = targets.posts(reached)
    sector = Coalesce("organisation__sector", NullIf("stated_sector", Value("")))
    rows = posts.order_by().values_list(Coalesce(sector, Value("")), "function")
    return Counter(
        {
            (s, f): number
            for s, f, number in rows.annotate(n=Count("person", distinct=True))
        }
    )


def _wanted(study: Study) -> set[Spot]:
    """A target without a function means all of them."""
    spots: set[Spot] = set()
    for sector, function in study.targets.values_list("sector", "function"):
        spots |= {
            (sector, one) for one in ([function] if function else Function.values)
        }
    return spots


def _occurs(sector: str, found: Iterable[Spot], wanted: Iterable[Spot]) -> bool:
    return any(sector == spot[0] for spot in [*found, *wanted])


def _label(choices: type[Sector] | type[Function], key: str) -> str:
    return str(choices(key).label) if key else _("Not known")
