"""Evidence of use: how sure we are of each kind, and what became known."""

from collections import Counter

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.evidence.models import EvidenceOfUse
from engagement.reports.parts.owed import Item, Listed
from engagement.reports.periods import Period
from engagement.reports.tables import TEXT, Column, Table
from engagement.studies.models import Study

MOST = 8


def table(study: Study) -> Table:
    """All on record, by kind of use and how sure we are. These are uses, not people:
    none is hidden. Sums of money are not here: they overlap, and have no total."""
    uses = EvidenceOfUse.objects.for_study(study).filter(kind=EvidenceOfUse.Kind.USE)
    found = Counter(uses.values_list("use_type", "confidence"))
    kinds = [one for one in EvidenceOfUse.UseType if any(k == one for k, _c in found)]
    sure = [one for one in EvidenceOfUse.Confidence if any(c == one for _k, c in found)]
    return Table(
        key="uses",
        title=_("All uses on record, by kind and by how sure we are"),
        columns=[
            Column(_("Kind of use"), TEXT),
            *(Column(str(one.label)) for one in sure),
            Column(_("All")),
        ],
        rows=[
            [
                str(kind.label),
                *(found[kind, one] for one in sure),
                sum(found[kind, one] for one in sure),
            ]
            for kind in kinds
        ],
        keys=["new-evidence"] * len(kinds),
    )


def latest(study: Study, period: Period) -> Listed:
    """What was put on record in the time and may be told: what was done, by what kind of
    body."""
    found = EvidenceOfUse.objects.public().for_study(study)
    rows = list(found.recorded_between(period.since, period.until).order_by("pk"))
    return Listed(
        "uses",
        _("Uses put on record in this time"),
        _("No new evidence of use was recorded."),
        [_item(row) for row in rows[:MOST]],
        len(rows),
    )


def _item(row: EvidenceOfUse) -> Item:
    text, lang = shown(row, "description")
    sector = row.get_sector_display()
    note = ". ".join(filter(None, [sector, row.get_confidence_display()]))
    return Item(text, lang, note, row.is_synthetic)
