"""The register, findings, recommendations and published figures of the 2011 report, and
two made-up entries that show what the report has none of."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engagement.core import demo
from engagement.events.models import Commitment, Event
from engagement.evidence.graph import Ref
from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    OverlapGroup,
    PublishedFigure,
    Recommendation,
    Submission,
    Survey,
)
from engagement.evidence.services import surveys, uses
from engagement.outputs.models import Output
from engagement.people.models import Organisation
from engagement.studies.models import Study

# The report came out in that month.
REPORTED = datetime(2011, 9, 1, tzinfo=UTC)
Consent = EvidenceOfUse.Consent


def load() -> str:
    studies, bodies = _by_slug(Study), _by_slug(Organisation)

    def placed(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"study": studies.get(record["study"])}

    for record in demo.read(__file__, "overlaps"):
        demo.keep(OverlapGroup, record)
    for record in demo.read(__file__, "findings"):
        demo.keep(Finding, placed(record))
    for name in ("uses", "entries"):
        for record in demo.read(__file__, name):
            _enter(
                placed(record) | {"organisation": bodies.get(record["organisation"])}
            )
    for record in demo.read(__file__, "recommendations"):
        body = bodies.get(record["addressed_to"])
        demo.keep(Recommendation, placed(record) | {"addressed_to": body})
    for position, record in enumerate(demo.read(__file__, "figures")):
        demo.keep(PublishedFigure, placed(record) | {"position": position})
    _tell()
    _survey()
    kinds = (EvidenceOfUse, Finding, Recommendation, PublishedFigure, Survey)
    return ", ".join(
        f"{kind._meta.model_name} {kind._default_manager.count()}" for kind in kinds
    )


def _by_slug(model: type[Any]) -> dict[str | None, Any]:
    return {row.slug: row for row in model._default_manager.all()}


def _enter(record: dict[str, Any]) -> None:
    """With what it is tied to, where it is new; what is there stays as people left it."""
    outputs, path, sources = (record.pop(n) for n in ("outputs", "path", "sources"))
    many = {name: record.pop(name) for name in ("helped", "hindered")}
    event = record.pop("commitment", None)
    record["overlap"] = _by_slug(OverlapGroup).get(record["overlap"])
    if EvidenceOfUse.objects.filter(slug=record["slug"]).exists():
        return
    use = demo.keep(EvidenceOfUse, record | {"commitment": _promised(event)})
    use.outputs.set(Output.objects.filter(slug__in=outputs))
    for name, slugs in many.items():
        getattr(use, name).set(Finding.objects.filter(slug__in=slugs))
    for step in path:
        use.path.create(**step)
    if use.commitment:
        use.path.create(kind="event", target=use.commitment.event_id)
    for source in sources:
        where = {"source": use.source, "is_synthetic": use.is_synthetic}
        use.sources.create(**source, **where)
    uses.recount(use)
    if not use.is_synthetic:
        use.recorded_at = REPORTED
    use.consent = Consent.GIVEN if use.is_synthetic else Consent.IN_PRINT
    use.published_at = use.recorded_at
    use.save()


def _promised(event: str | None) -> Commitment | None:
    rows = Commitment.objects.told().filter(event__slug=event, side="participant")
    return rows.order_by("pk").first() if event else None


def _tell() -> None:
    """What somebody who was at the workshop told us, for staff to settle."""
    event = Event.objects.filter(slug="wimd-workshop-synthetic").first()
    if event is None or Submission.objects.exists():
        return
    page = Ref("event", event.pk)
    Submission.objects.create(
        study=event.study,
        page_kind=page.kind,
        page_id=page.pk,
        text="Made up: we used the ranks to choose two villages for a lunch club.",
        body="A community council",
        sector="local_authority",
        decision="Where the lunch club meets",
        may_publish=True,
        language="en",
        name="Made up",
        email="told@example.org",
    )


def _survey() -> None:
    """Synthetic answers that give every count that the report prints."""
    folder = Path(__file__).parent / "demo_survey"
    survey = surveys.bring_in(
        by=None,
        book=(folder / "codebook.json").read_bytes(),
        responses=(folder / "responses_synthetic.csv").read_bytes(),
    )
    surveys.publish(by=None, survey=survey)
