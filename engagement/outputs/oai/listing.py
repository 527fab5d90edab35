"""The records of a request.

What is or was out is a record; what was withdrawn stays one, as deleted. A list goes by
the time of the last change: what is changed while it is harvested moves to its end, and
is given out again there, so no change is lost and no list has to be kept.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation

from engagement.outputs.citations import NEEDED
from engagement.outputs.models import Output
from engagement.outputs.oai.asking import Asked, Error, Place
from engagement.studies.models import Study

PER_PAGE = 100


class Part(NamedTuple):
    """Some of a list; `after` where it goes on, `before` how many came before."""

    outputs: list[Output]
    before: int
    size: int
    after: Place | None


class Set(NamedTuple):
    spec: str
    name_en: str
    name_cy: str


def part(asked: Asked) -> Part:
    """Raises Error where nothing is left."""
    rows = records(asked)
    place = asked.place
    size = place.size if place else rows.count()
    before = place.done if place else 0
    if place:
        later = Q(changed_at__gt=place.stamp)
        rows = rows.filter(later | Q(changed_at=place.stamp, pk__gt=place.pk))
    found = list(rows[: PER_PAGE + 1])
    if not found:
        raise Error("noRecordsMatch", "There is no such record.")
    outputs, more = found[:PER_PAGE], found[PER_PAGE:]
    last = outputs[-1]
    done = before + len(outputs)
    # More than there were at first, where some were changed meanwhile.
    size = max(size, done + len(more))
    after = Place(last.changed_at, last.pk, done, size) if more else None
    return Part(outputs, before, size, after)


def records(asked: Asked) -> QuerySet[Output]:
    rows = Output.objects.citable().select_related("study", "supersedes")
    if asked.verb == "ListRecords":
        rows = rows.prefetch_related(*NEEDED)
    if asked.since:
        rows = rows.filter(changed_at__gte=asked.since)
    if asked.until:
        rows = rows.filter(changed_at__lt=asked.until)
    if spec := asked.given.get("set"):
        rows = rows.filter(_in_set(spec))
    return rows.order_by("changed_at", "pk")


def record(identifier: str) -> Output:
    """Raises Error."""
    before = identifier_of("")
    rows = Output.objects.citable().select_related("study", "supersedes")
    slug = identifier.removeprefix(before)
    output = rows.filter(slug=slug).first() if identifier.startswith(before) else None
    if output is None:
        raise Error("idDoesNotExist", "There is no such record.")
    return output


def identifier_of(slug: str) -> str:
    """By the scheme of OAI identifiers (guidelines of 2006)."""
    return f"oai:{host()}:outputs/{slug}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def sets() -> list[Set]:
    """Those that have a record, each below what it is a kind of."""
    out = Output.objects.citable()
    kinds = set(out.values_list("kind", flat=True))
    studies = Study.objects.filter(outputs__in=out).distinct().order_by("slug")
    return [
        Set("study", "By study", "Yn ôl astudiaeth"),
        *(Set(f"study:{s.slug}", s.title_en, s.title_cy) for s in studies),
        Set("kind", "By kind", "Yn ôl math"),
        *(_kind(kind) for kind in Output.Kind if kind in kinds),
    ]


def sets_of(output: Output) -> list[str]:
    of_study = [f"study:{output.study.slug}"] if output.study else []
    return [*of_study, f"kind:{output.kind}"]


def _kind(kind: Output.Kind) -> Set:
    names = {}
    for lang in ("en", "cy"):
        with translation.override(lang):
            names[f"name_{lang}"] = str(kind.label)
    return Set(f"kind:{kind.value}", **names)


def _in_set(spec: str) -> Q:
    """A set that there is none of has no record (noRecordsMatch)."""
    name, colon, value = spec.partition(":")
    if name == "study":
        return Q(study__slug=value) if colon else Q(study__isnull=False)
    if name == "kind":
        return Q(kind=value) if colon else Q()
    return Q(pk__in=[])
