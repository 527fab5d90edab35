"""How many of those who were asked know a study, from surveys, and two studies beside
each other."""

from django.utils.translation import gettext as _

from engagement.evidence.models import Survey
from engagement.evidence.services.answers import is_asked
from engagement.metrics.intervals import Sample
from engagement.metrics.words import difference


def of(study_id: int) -> Sample | None:
    """From the latest published survey with a question whose code book says which answers
    mean knowing it (`aware`); None where there is none."""
    for survey in Survey.objects.published().filter(study=study_id):
        for question in survey.questions:
            if question.get("aware"):
                return _sample(survey, question)
    return None


def beside(one: int, other: int) -> str:
    """The difference between two studies in words. The samples must be of different
    people: Newcombe's interval is of independent ones."""
    known, less_known = of(one), of(other)
    if known is None or less_known is None:
        return _("No survey says how many know of one of the two.")
    return difference(known, less_known)


def _sample(survey: Survey, question: dict[str, object]) -> Sample | None:
    answers = survey.responses.values_list("answers", flat=True)
    given = [
        one[question["id"]]
        for one in answers
        if is_asked(question, one) and question["id"] in one
    ]
    aware = set(question["aware"])  # type: ignore[call-overload]
    return (
        Sample(sum(bool(aware & set(codes)) for codes in given), len(given))
        if given
        else None
    )
