"""How many of those who were asked know a study, from surveys, and two studies beside
each other."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from engagement.evidence.models import Survey
from engagement.evidence.services.answers import is_asked
from engagement.metrics.intervals import Sample
from engagement.metrics.words import difference, points
from engagement.studies.models import Study


class Known(NamedTuple):
    """That so many of those who answered in the survey know a study."""

    survey: Survey
    sample: Sample


def of(study_id: int) -> Sample | None:
    """From the latest published survey with a question whose code book says which answers
    mean knowing the study (`aware`); None where there is none."""
    slug = Study.objects.values_list("slug", flat=True).get(pk=study_id)
    found = known(slug).get(slug)
    return found.sample if found else None


def known(*wanted: str) -> dict[str, Known]:
    """By the slug of the study: of these, or of all where none is named. A question is
    about the survey's own study unless its code book says about which (`about`)."""
    found: dict[str, Known] = {}
    for survey in Survey.objects.published().select_related("study"):
        for question in survey.questions:
            slug = question.get("about") or survey.study.slug
            if not question.get("aware") or slug in found:
                continue
            if (not wanted or slug in wanted) and (sample := _sample(survey, question)):
                found[slug] = Known(survey, sample)
    return found


def beside(one: Known, other: Known) -> str:
    """How far the first lies from the second, in words. Newcombe's interval is of
    independent samples: where the same people answered about both there is none."""
    if one.survey == other.survey:
        words = {"points": points(one.sample.share - other.sample.share)}
        text = _(
            "%(points)s percentage points; no interval, as the same people answered "
            "about both"
        )
        return text % words
    return difference(one.sample, other.sample)


def _sample(survey: Survey, question: Mapping[str, Any]) -> Sample | None:
    """Of those who answered the question."""
    answers = survey.responses.values_list("answers", flat=True)
    given = [
        one[question["id"]]
        for one in answers
        if is_asked(dict(question), one) and question["id"] in one
    ]
    aware = set(question["aware"])
    part = sum(bool(aware & set(codes)) for codes in given)
    return Sample(part, len(given)) if given else None
