"""Uses, findings, recommendations and published figures of the 2011 report."""

from typing import Any

from engagement.core import demo
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    PublishedFigure,
    Recommendation,
)
from engagement.outputs.models import Output
from engagement.people.models import Organisation
from engagement.studies.models import Study


def load() -> str:
    studies: dict[str | None, Study] = {s.slug: s for s in Study.objects.all()}
    bodies: dict[str | None, Organisation] = {
        o.slug: o for o in Organisation.objects.all()
    }

    def placed(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"study": studies.get(record["study"])}

    for record in demo.read(__file__, "uses"):
        outputs = record.pop("outputs")
        body = bodies.get(record["organisation"])
        use = demo.keep(EvidenceOfUse, placed(record) | {"organisation": body})
        use.outputs.add(*Output.objects.filter(slug__in=outputs))
    for record in demo.read(__file__, "findings"):
        demo.keep(Finding, placed(record))
    for record in demo.read(__file__, "recommendations"):
        body = bodies.get(record["addressed_to"])
        demo.keep(Recommendation, placed(record) | {"addressed_to": body})
    for position, record in enumerate(demo.read(__file__, "figures")):
        demo.keep(PublishedFigure, placed(record) | {"position": position})
    kinds = (EvidenceOfUse, Finding, Recommendation, PublishedFigure)
    return ", ".join(
        f"{kind._meta.model_name} {kind._default_manager.count()}" for kind in kinds
    )
