"""By what an entry came about, as a reader may see it."""

from typing import NamedTuple

from engagement.evidence import graph
from engagement.evidence.graph import Reader, Ref, Thing
from engagement.evidence.models import EvidenceOfUse, Step


class Stage(NamedTuple):
    """`thing` is None for a programme, which has words alone."""

    step: Step
    thing: Thing | None


def of(use: EvidenceOfUse, reader: Reader) -> list[Stage]:
    """Its steps in order, without things that are not for this reader."""
    refs = {step.pk: Ref(step.kind, step.target or 0) for step in use.path.all()}
    there = graph.things(refs.values(), reader)
    stages = [Stage(step, there.get(refs[step.pk])) for step in use.path.all()]
    return [one for one in stages if one.thing or one.step.target is None]
