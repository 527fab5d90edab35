"""Of how many people, of those who were asked, a study is known, beside other studies."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.evidence import awareness
from engagement.evidence.awareness import Known
from engagement.metrics import guarding
from engagement.metrics.intervals import Sample, wilson
from engagement.metrics.registry import Reading
from engagement.reports import tables
from engagement.reports.tables import COUNT, PERCENT, TEXT, Cell, Column, Table
from engagement.studies.models import Study


def table(
    study: Study, studies: Iterable[Study], known: Mapping[str, Known], *, fewest: int
) -> Table:
    """`study` first; `known` by slug. What is small is hidden, and nothing is worked out
    from it."""
    told = {
        slug: one for slug, one in known.items() if _may_be_told(one.sample, fewest)
    }
    order = sorted(studies, key=lambda one: one.pk != study.pk)
    named = [one for one in order if one.slug in known]
    return Table(
        key="awareness",
        title=_("How many know of it"),
        kind="intervals",
        columns=[
            Column(_("Study"), TEXT),
            Column(_("Know of it"), COUNT),
            Column(_("Base"), COUNT),
            Column(_("Share"), PERCENT),
            Column(_("Lowest"), PERCENT),
            Column(_("Highest"), PERCENT),
            Column(_("Survey"), TEXT),
            Column(_("%(study)s less this one") % {"study": _short(study)}, TEXT),
        ],
        rows=[
            [
                _short(one),
                *_numbers(told.get(one.slug)),
                shown(known[one.slug].survey, "title").text,
                _difference(study, one, told),
            ]
            for one in named
        ],
        keys=["awareness"] * len(named),
        notes=[
            _(
                "The base is everybody who answered the question. Lowest and highest are "
                "the ends of Wilson's 95% interval, as if those who answered were drawn "
                "by chance; in truth they chose to answer."
            ),
            _(
                "A difference has Newcombe's 95% interval, which takes two surveys for "
                "ones of different people. Where one survey asked the same people about "
                "both studies, that interval would be wrong and none is given."
            ),
        ],
    )


def _may_be_told(sample: Sample, fewest: int) -> bool:
    reading = Reading(sample.part, sample.base)
    return guarding.whole(reading, fewest=fewest).value is not None


def _numbers(known: Known | None) -> list[Cell]:
    if known is None:
        return [None] * 5
    part, base, _population = known.sample
    ends = [round(100 * end, 1) for end in wilson(part, base)]
    return [part, base, tables.share(part, base), *ends]


def _difference(study: Study, one: Study, told: Mapping[str, Known]) -> str:
    if one.pk == study.pk or study.slug not in told or one.slug not in told:
        return ""
    return awareness.beside(told[study.slug], told[one.slug])


def _short(study: Study) -> str:
    return shown(study, "abbreviation").text
