"""The studies of the 2011 report, their milestones and their words."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from engagement.accounts.models import User
from engagement.core import demo
from engagement.people.models import Organisation, Person
from engagement.studies.models import (
    Enquiry,
    Milestone,
    Ownership,
    PolicyChange,
    Risk,
    Study,
    Target,
    Term,
)


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
    _standing(studies)
    _progress(studies["lti"])
    _enquiries(studies)
    return f"studies {len(studies)}, milestones {Milestone.objects.count()}"


def _standing(studies: dict[str, Study]) -> None:
    """Whom the studies mean to reach, who stood for them, what threatened them. The
    report names posts only, and seldom a day; what it heard of risks it heard in its
    fieldwork, up to April 2011."""
    manager = User.objects.filter(email="manager@example.org").first()
    kept: list[tuple[str, type[Any], str, dict[str, Any]]] = [
        ("targets", Target, "label_en", {}),
        ("ownerships", Ownership, "post_en", {}),
        ("risks", Risk, "text_en", {"owner": manager}),
        ("policy_changes", PolicyChange, "text_en", {}),
    ]
    for name, model, key, more in kept:
        for record in demo.read(__file__, name):
            study = studies[record.pop("study")]
            known = {"study": study, key: record.pop(key)}
            model.objects.get_or_create(**known, defaults=record | more)


# Synthetic: title, days from the first loading until it is due, done.
MILESTONES = [
    (
        "Summary of the case studies sent to the 22 authorities",
        "Anfon crynodeb o'r astudiaethau achos at y 22 awdurdod",
        -10,
        True,
    ),
    (
        "List of who uses the findings",
        "Rhestr o'r rhai sy'n defnyddio'r canfyddiadau",
        -14,
        False,
    ),
    (
        "Learning seminar with the authorities of the case studies",
        "Seminar ddysgu gydag awdurdodau'r astudiaethau achos",
        35,
        False,
    ),
]
NEWS = (
    "The team that leads on partnership working moved to another department.",
    "Symudodd y tîm sy'n arwain ar weithio mewn partneriaeth i adran arall.",
)


def _progress(lti: Study) -> None:
    """As though the evaluation, which was to end in mid 2012, ran today."""
    today = timezone.localdate()
    for position, (title_en, title_cy, days, done) in enumerate(MILESTONES):
        day = today + timedelta(days=days)
        defaults = {
            "title_cy": title_cy,
            "position": 100 + position,
            "due_on": day,
            "status": "done" if done else "due",
            "done_on": day if done else None,
            "is_synthetic": True,
        }
        lti.milestones.get_or_create(title_en=title_en, defaults=defaults)
    lti.policy_changes.get_or_create(
        text_en=NEWS[0],
        defaults={
            "text_cy": NEWS[1],
            "on": today - timedelta(days=9),
            "is_synthetic": True,
        },
    )


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
