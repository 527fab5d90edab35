"""The kinds of things below evidence, and what ties them. Found at start."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Event
from engagement.evidence import graph
from engagement.evidence.columns import End, tie
from engagement.evidence.graph import Edge, Kind, Reader, Ref, Thing
from engagement.evidence.models import EvidenceOfUse, Recommendation, Step
from engagement.groups.models import Decision, Group, Meeting
from engagement.outputs.models import Material, Output
from engagement.people.models import Organisation
from engagement.studies.models import Study

Pks = Collection[int]


def thing(kind: str, row: Any, field: str, url: str, **more: Any) -> Thing:
    """Of a row with the columns `field`_en and `field`_cy."""
    texts = (getattr(row, f"{field}_en"), getattr(row, f"{field}_cy"))
    more.setdefault("study_id", getattr(row, "study_id", None))
    more.setdefault("is_synthetic", getattr(row, "is_synthetic", False))
    return Thing(Ref(kind, row.pk), *texts, url, **more)


def _studies(reader: Reader, pks: Pks) -> Iterable[Thing]:
    for row in Study.objects.filter(pk__in=pks):
        yield thing("study", row, "title", row.get_absolute_url(), study_id=row.pk)


def _outputs(reader: Reader, pks: Pks) -> Iterable[Thing]:
    for row in Output.objects.visible_to(reader).filter(pk__in=pks):
        day = row.published_at.date() if row.published_at else None
        yield thing("output", row, "title", row.get_absolute_url(), at=day)


def _day(event: Event) -> date | None:
    return event.starts_at.date() if event.starts_at else event.starts_on


def _events(reader: Reader, pks: Pks) -> Iterable[Thing]:
    rows = Event.objects.visible_to(reader).filter(pk__in=pks, meeting=None)
    for row in rows:
        yield thing("event", row, "title", row.get_absolute_url(), at=_day(row))


def _meetings(reader: Reader, pks: Pks) -> Iterable[Thing]:
    seen = Event.objects.visible_to(reader)
    rows = Meeting.objects.filter(pk__in=pks, event__in=seen)
    staff = reader.has_perm("groups.manage")
    for row in rows.select_related("event", "group"):
        page = reverse("groups:meeting", args=[row.pk])
        url = page if staff else row.event.get_absolute_url()
        known = thing("meeting", row.event, "title", url, at=_day(row.event))
        yield known._replace(ref=Ref("meeting", row.pk), study_id=row.group.study_id)


def _decisions(reader: Reader, pks: Pks) -> Iterable[Thing]:
    rows = Decision.objects.visible_to(reader).filter(pk__in=pks)
    for row in rows.select_related("group"):
        url = f"{reverse('groups:decisions')}?words={row.reference}"
        day, study = row.recorded_at.date(), row.group.study_id
        known = thing("decision", row, "text", url, at=day, study_id=study)
        yield known._replace(
            title_en=f"{row.reference}: {row.text_en}",
            title_cy=f"{row.reference}: {row.text_cy}",
        )


def _groups(reader: Reader, pks: Pks) -> Iterable[Thing]:
    for row in Group.objects.filter(pk__in=pks):
        yield thing("group", row, "name", row.get_absolute_url())


def _organisations(reader: Reader, pks: Pks) -> Iterable[Thing]:
    """For staff: a body that the public text does not name must not be told here."""
    if reader.has_perm("people.view"):
        for row in Organisation.objects.filter(pk__in=pks):
            page = reverse("people:organisation", args=[row.pk])
            yield thing("organisation", row, "name", page)


def _uses(reader: Reader, pks: Pks) -> Iterable[Thing]:
    for row in EvidenceOfUse.objects.visible_to(reader).filter(pk__in=pks):
        # A day that stands for a month or a year would say more than is known.
        day = row.happened_on if row.happened_precision == "day" else None
        yield thing("use", row, "description", row.get_absolute_url(), at=day)


def _recommendations(reader: Reader, pks: Pks) -> Iterable[Thing]:
    page = reverse("evidence:recommendations")
    for row in Recommendation.objects.filter(pk__in=pks):
        yield thing("recommendation", row, "text", f"{page}#{row.slug}")


def _steps(kind: str, pks: Pks) -> Iterator[Edge]:
    """By what a use came about, as staff wrote it down."""
    at = Q(kind=kind, target__in=pks)
    if kind == "use":
        at = Q(use__in=pks, target__isnull=False)
    for use, other, pk in Step.objects.filter(at).values_list("use", "kind", "target"):
        # An activity is informed by activities; entities are used.
        known = graph.kinds().get(other)
        relation = "wasInformedBy" if known and known.prov == "Activity" else "used"
        yield Edge(Ref("use", use), relation, Ref(other, pk or 0))


Find = Callable[[Reader, Pks], Iterable[Thing]]
KINDS: list[tuple[str, Any, str, Find]] = [
    ("study", _("Studies"), "Activity", _studies),
    ("output", _("Outputs"), "Entity", _outputs),
    ("event", _("Events"), "Activity", _events),
    ("meeting", _("Meetings"), "Activity", _meetings),
    ("decision", _("Decisions"), "Entity", _decisions),
    ("use", _("Evidence of use"), "Activity", _uses),
    ("recommendation", _("Recommendations"), "Entity", _recommendations),
    ("group", _("Groups"), "Agent", _groups),
    ("organisation", _("Organisations"), "Agent", _organisations),
]
USES = EvidenceOfUse.objects.all()
# What was promised in public; the rest of what was promised is on the staff's page.
PROMISED = USES.filter(commitment__is_public=True)
OUTPUT, EVENT, MEETING, USE = End("output"), End("event"), End("meeting"), End("use")
TIES: list[tuple[QuerySet[Any], End, str, End]] = [
    (Output.objects.all(), OUTPUT, "wasGeneratedBy", End("study", "study")),
    (Output.objects.all(), OUTPUT, "wasRevisionOf", End("output", "supersedes")),
    (Event.objects.all(), EVENT, "wasInformedBy", End("study", "study")),
    (Material.objects.all(), End("event", "event"), "used", End("output", "output")),
    (
        Material.objects.all(),
        End("meeting", "event__meeting"),
        "used",
        End("output", "output"),
    ),
    (Meeting.objects.all(), MEETING, "wasInformedBy", End("study", "group__study")),
    (Meeting.objects.all(), MEETING, "wasAssociatedWith", End("group", "group")),
    (Group.objects.all(), End("study", "study"), "wasAssociatedWith", End("group")),
    (
        Decision.objects.all(),
        End("decision"),
        "wasGeneratedBy",
        End("meeting", "meeting"),
    ),
    (
        Decision.objects.all(),
        End("decision", "replaced_by"),
        "wasRevisionOf",
        End("decision"),
    ),
    (USES, USE, "wasInformedBy", End("study", "study")),
    (PROMISED, USE, "wasInformedBy", End("event", "commitment__event")),
    (PROMISED, USE, "wasInformedBy", End("meeting", "commitment__event__meeting")),
    (USES, USE, "wasAssociatedWith", End("organisation", "organisation")),
    (
        EvidenceOfUse.outputs.through._default_manager.all(),
        End("use", "evidenceofuse"),
        "used",
        End("output", "output"),
    ),
    (
        Recommendation.objects.all(),
        End("recommendation"),
        "wasGeneratedBy",
        End("study", "study"),
    ),
]
for name, label, prov, find in KINDS:
    graph.register(Kind(name, label, prov, find))
for row in TIES:
    graph.add_ties(tie(*row))
graph.add_ties(_steps)
