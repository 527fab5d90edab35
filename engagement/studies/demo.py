"""The studies of the 2011 report, their milestones and their words."""

from datetime import timedelta

from django.utils import timezone

from engagement.core import demo
from engagement.people.models import Organisation, Person
from engagement.studies.models import Enquiry, Milestone, Study, Term


def load() -> str:
    for record in demo.read(__file__, "studies"):
        owner = Organisation.objects.get(slug=record["owner"])
        demo.keep(Study, record | {"owner": owner})
    studies = {study.slug: study for study in Study.objects.all()}
    for position, record in enumerate(demo.read(__file__, "milestones")):
        study = studies[record.pop("study")]
        Milestone.objects.get_or_create(study=study, position=position, defaults=record)
    for record in demo.read(__file__, "terms"):
        study = studies[record.pop("study")]
        term = record.pop("term_en")
        Term.objects.get_or_create(study=study, term_en=term, defaults=record)
    _enquiries(studies)
    return f"studies {len(studies)}, milestones {Milestone.objects.count()}"


# Days ago it came, days the answer took (None: open), question, answer.
QUESTIONS = [
    (3, None, "wimd", "Is there a file of ranks for the new wards?", ""),
    (12, None, "lti", "May we quote the interim findings in a bid?", ""),
    (40, 1, "wimd", "Which areas are in the most deprived tenth?", "See table 2."),
    (75, 2, "wimd", "How do I read a rank?", "1 is the most deprived area."),
    (120, 9, "lti", "Who sat on the Steering Group?", "See the group's page."),
]


def _enquiries(studies: dict[str, Study]) -> None:
    """Synthetic ones, from synthetic contacts."""
    if Enquiry.objects.filter(is_synthetic=True).exists():
        return
    people = Person.objects.filter(is_synthetic=True).order_by("pk")[: len(QUESTIONS)]
    today = timezone.localdate()
    for person, (ago, took, study, question, answer) in zip(
        people, QUESTIONS, strict=False
    ):
        asked = today - timedelta(days=ago)
        Enquiry.objects.create(
            study=studies[study],
            person=person,
            channel=Enquiry.Channel.EMAIL,
            language=person.language,
            asked_on=asked,
            question=question,
            answer=answer,
            answered_on=None if took is None else asked + timedelta(days=took),
            is_synthetic=True,
        )
