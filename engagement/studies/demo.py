"""The studies of the 2011 report and their milestones."""

from engagement.core import demo
from engagement.people.models import Organisation
from engagement.studies.models import Milestone, Study


def load() -> str:
    for record in demo.read(__file__, "studies"):
        owner = Organisation.objects.get(slug=record["owner"])
        demo.keep(Study, record | {"owner": owner})
    studies = {study.slug: study for study in Study.objects.all()}
    for position, record in enumerate(demo.read(__file__, "milestones")):
        study = studies[record.pop("study")]
        Milestone.objects.get_or_create(study=study, position=position, defaults=record)
    return f"studies {len(studies)}, milestones {Milestone.objects.count()}"
