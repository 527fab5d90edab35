"""What an article can lead to: outputs of the studies that its newsletter is about, what
comes next, and the form to ask their teams.

An enquiry that was answered is none of these: question and answer are between a person
and the team, have no page, and nobody has agreed to be read by everybody.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engagement.events.models import Event
from engagement.outputs.models import Output
from engagement.people.services.likeness import fold
from engagement.studies.models import Study
from newsletters.models import Article, Issue

MOST_WORDS = 200


class Target(NamedTuple):
    """`value` is what `links.add` takes; `when` is a day, a year or ""."""

    value: str
    thing: Any
    kind: str
    when: str


def of(issue: Issue, article: Article) -> list[Target]:
    """All, outputs first. Drafts too: an output may come out with the issue."""
    newsletter = issue.newsletter
    others = newsletter.other_studies.values_list("pk", flat=True)
    studies = Study.objects.filter(
        pk__in=[newsletter.study_id, article.study_id, *others]
    )
    return [*_outputs(studies), *_events(), *_asks(studies)]


def matching(found: list[Target], words: str) -> list[Target]:
    """Those with each of the words in a title of either language or in their kind,
    wherever it stands in a word and however it is accented."""
    wanted = fold(words[:MOST_WORDS]).split()
    return [one for one in found if all(word in _text(one) for word in wanted)]


def _text(target: Target) -> str:
    thing = target.thing
    return fold(f"{thing.title_en} {thing.title_cy} {target.kind} {target.when}")


def _outputs(studies: QuerySet[Study]) -> Iterator[Target]:
    for one in Output.objects.filter(study__in=studies).by_status():
        year = str(one.year or "")
        yield Target(f"output:{one.pk}", one, one.get_kind_display(), year)


def _events() -> Iterator[Target]:
    for one in Event.objects.upcoming():
        day = date_format(localtime(one.starts_at)) if one.starts_at else ""
        yield Target(f"event:{one.pk}", one, one.get_kind_display(), day)


def _asks(studies: QuerySet[Study]) -> Iterator[Target]:
    for one in studies:
        yield Target(f"ask:{one.pk}", one, _("Ask the team"), "")
