"""What figures of a study count: people, bodies and risks, and how they are listed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import During
from engagement.metrics.rows import Line, Rows
from engagement.people import queries
from engagement.people.models import Affiliation, Organisation, Person, Sector
from engagement.studies import reach, sections
from engagement.studies.models import Risk, Study, Target

# Before anything was sent or held.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def contactable(study_id: int) -> QuerySet[Person]:
    """Those of the audience wanted who can be written to, with `sector`."""
    there = audience(study_id).filter(queries.can_be_written_to("pk"))
    return there.annotate(sector=queries.sector_of("pk")).order_by("name", "pk")


def audience(study_id: int) -> QuerySet[Person]:
    """Those in the posts that the study means to reach; where it does not say, all."""
    people = Person.objects.current()
    if targets := list(Target.objects.filter(study=study_id)):
        posts = Affiliation.objects.filter(_wanted(targets), ended_on=None)
        people = people.filter(pk__in=posts.order_by().values("person"))
    return people


def _wanted(targets: list[Target]) -> Q:
    wanted = Q(pk__in=[])
    for target in targets:
        one = Q(organisation__sector=target.sector) | Q(
            organisation=None, stated_sector=target.sector
        )
        wanted |= one & Q(function=target.function) if target.function else one
    return wanted


def posts(study_id: int, during: During | None = None) -> QuerySet[Affiliation]:
    """That people hold who were reached."""
    study = Study.objects.get(pk=study_id)
    parts = sections.between(study, *(during or (EARLIEST, timezone.now())))
    held = reach.posts(part.reached for part in parts if part.reached is not None)
    return held.select_related("person", "organisation").order_by("person__name", "pk")


def bodies(study_id: int, during: During | None = None) -> QuerySet[Organisation]:
    """Of those posts, in the sectors and functions that are to be reached."""
    wanted = _wanted(list(Target.objects.filter(study=study_id)))
    held = posts(study_id, during).filter(wanted, organisation__isnull=False)
    found = Organisation.objects.filter(pk__in=held.order_by().values("organisation"))
    return found.order_by("name_en", "pk")


def open_risks(study_id: int) -> QuerySet[Risk]:
    return Risk.objects.filter(study=study_id).open()


def people_lines(rows: Sequence[Person]) -> Iterable[Line]:
    for one in rows:
        page = reverse("people:detail", args=[one.pk])
        sector = _sector(one.sector)  # type: ignore[attr-defined]
        cells = (one.name, sector, one.get_language_display())
        yield Line(cells, page, one.is_synthetic)


def post_lines(rows: Sequence[Affiliation]) -> Iterable[Line]:
    for one in rows:
        body = one.organisation
        sector = _sector(body.sector if body else one.stated_sector)
        name = shown(body, "name") if body else one.organisation_name
        cells = (one.person.name, name, sector, one.get_function_display())
        page = reverse("people:detail", args=[one.person_id])
        yield Line(cells, page, one.person.is_synthetic)


def body_lines(rows: Sequence[Organisation]) -> Iterable[Line]:
    for one in rows:
        page = reverse("people:organisation", args=[one.pk])
        cells = (shown(one, "name"), _sector(one.sector))
        yield Line(cells, page, one.is_synthetic)


def risk_lines(rows: Sequence[Risk]) -> Iterable[Line]:
    for one in rows:
        page = reverse("studies:risk", args=[one.pk])
        yield Line([shown(one, "text"), one.raised_at], page, one.is_synthetic)


def _sector(key: str) -> str:
    return str(Sector(key).label) if key else str(_("Not known"))


SECTOR, BODY = _("Sector"), _("Organisation")
CONTACTABLE = Rows(
    (_("Name"), SECTOR, _("Order of languages")),
    contactable,
    people_lines,
    personal=True,
)
POSTS = Rows(
    (_("Name"), BODY, SECTOR, _("Function")),
    posts,
    post_lines,
    personal=True,
    counted=False,
)
BODIES = Rows((BODY, SECTOR), bodies, body_lines, personal=True, counted=False)
RISKS = Rows((_("Risk"), _("Raised")), open_risks, risk_lines)
