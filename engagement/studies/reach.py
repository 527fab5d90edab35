"""Whom a study means to reach, against whom it reached."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.metrics.presentation import Figure
from engagement.metrics.registry import Reading
from engagement.metrics.words import number
from engagement.people.models import Affiliation, Person
from engagement.studies import sections
from engagement.studies.models import Study, Target
from engagement.studies.sections import Section

# The sector and the function of a post, and the body that it is in.
Posts = set[tuple[str, str, int]]


def report(study: Study, since: datetime, until: datetime) -> list[Section]:
    """What every app knows of that time, and whom the study did not reach in it."""
    parts = sections.between(study, since, until)
    return [*parts, section(study, parts)]


def section(study: Study, parts: Iterable[Section]) -> Section:
    """From what the other parts say that they reached."""
    targets = list(study.targets.all())
    reached = [part.reached for part in parts if part.reached is not None]
    found_posts = _posts(reached) if targets else set()
    found = [(target, _bodies(target, found_posts)) for target in targets]
    gaps = [words for target, bodies in found if (words := _gap(target, bodies))]
    if not targets:
        gaps = [_("Whom the study means to reach is not on record.")]
    return Section(
        key="reach",
        title=_("Whom it means to reach"),
        figures=[_figure(target, bodies) for target, bodies in found],
        gaps=gaps,
    )


def posts(reached: Iterable[QuerySet[Person]]) -> QuerySet[Affiliation]:
    """That those people hold now: one question, however many people and parts."""
    theirs = Q(pk__in=[])
    for people in reached:
        theirs |= Q(person__in=people.order_by().values("pk"))
    return Affiliation.objects.filter(theirs, ended_on=None)


def _posts(reached: Iterable[QuerySet[Person]]) -> Posts:
    """Those in bodies on record."""
    held = posts(reached).filter(organisation__isnull=False)
    rows = held.order_by().values_list(
        "organisation__sector", "function", "organisation"
    )
    return set(rows.distinct())


def _bodies(target: Target, posts: Posts) -> int:
    """A target without a function takes in all."""
    wanted = {target.function} if target.function else {post[1] for post in posts}
    return len({body for s, f, body in posts if s == target.sector and f in wanted})


def _figure(target: Target, bodies: int) -> Figure:
    # More may be on record than the target says that there are.
    base = max(target.bodies, bodies) if target.bodies else None
    return sections.figure(
        f"target-{target.pk}",
        shown(target, "label").text,
        _(
            "Bodies on record from which somebody was sent an issue, or came to an "
            "event. Sent is not read."
        ),
        Reading(bodies, base),
        base_meaning=_("Bodies that the study means to reach."),
    )


def _gap(target: Target, bodies: int) -> str:
    label = {"who": shown(target, "label").text}
    if not bodies:
        return _("Nobody was reached: %(who)s.") % label
    if target.bodies and bodies < target.bodies:
        counts = {"left": number(target.bodies - bodies), "all": number(target.bodies)}
        return _("%(who)s: %(left)s of %(all)s not reached.") % (label | counts)
    return ""
