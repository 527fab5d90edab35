"""Which uses of the research became known in a time."""

from datetime import datetime

from django.utils.translation import gettext as _

from engagement.evidence import counted
from engagement.evidence.models import EvidenceOfUse
from engagement.metrics.registry import Reading, Row
from engagement.studies.models import Study
from engagement.studies.sections import Section, figure, register


def section(study: Study, since: datetime, until: datetime) -> Section:
    uses = counted.uses(study.pk)
    new = counted.uses(study.pk, (since, until))
    kinds = list(new.values_list("use_type", flat=True))
    rows = [Row(one.label, kinds.count(one)) for one in EvidenceOfUse.UseType]
    rows.append(Row(_("Not settled"), kinds.count("")))
    return Section(
        key="evidence",
        title=_("Evidence of use"),
        figures=[
            figure(
                "new-evidence",
                _("New evidence of use"),
                _("Uses of the research that were put on record in this time."),
                Reading(
                    len(kinds),
                    uses.count(),
                    rows=tuple(row for row in rows if row.value),
                ),
                base_meaning=_("All uses on record of this study."),
                rows_title=_("New evidence by kind of use"),
            )
        ],
        gaps=[] if kinds else [_("No new evidence of use was recorded.")],
    )


register(40, section)
