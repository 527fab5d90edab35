"""What on this site a link of a mail can lead to with a mark (`marks`): the pages and
files that are read, by the names of their views."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.urls.resolvers import ResolverMatch
from django.utils import translation

from engagement.core.bilingual import LANGUAGES
from engagement.events.models import Event
from engagement.outputs.models import Edition, File, Output
from newsletters.models import PUBLIC_STATES, Article, Document, Issue

# The kinds of the hits: each of its own, so that an article and an output of one number
# are two links.
ARTICLE = "link"
NOBODY = AnonymousUser()


class Place(NamedTuple):
    """A kind of page: what of it anybody may open, by which fields the arguments of its
    address name it, and where its number and its study stand."""

    kind: str
    rows: Callable[[], QuerySet[Any]]
    fields: dict[str, str]
    number: str
    study: str


class Target(NamedTuple):
    kind: str
    pk: int
    study_id: int | None


PLACES = {
    "newsletters:article": Place(
        ARTICLE,
        lambda: Article.objects.visible_to(NOBODY),
        {"slug": "slug"},
        "pk",
        "study",
    ),
    "newsletters:issue": Place(
        "link_issue",
        lambda: Issue.objects.public(),
        {"newsletter": "newsletter__slug", "slug": "slug"},
        "pk",
        "newsletter__study",
    ),
    "newsletters:document": Place(
        "link_document",
        lambda: Document.objects.filter(issue__state__in=PUBLIC_STATES),
        {
            "newsletter": "issue__newsletter__slug",
            "slug": "issue__slug",
            "language": "language",
        },
        "pk",
        "issue__newsletter__study",
    ),
    "outputs:detail": Place(
        "link_output",
        lambda: Output.objects.visible_to(NOBODY),
        {"slug": "slug"},
        "pk",
        "study",
    ),
    # Whichever edition it is, it is its output that is looked at.
    "outputs:edition": Place(
        "link_output",
        lambda: Edition.objects.visible_to(NOBODY),
        {"slug": "output__slug", "number": "number"},
        "output",
        "output__study",
    ),
    "outputs:download": Place(
        "link_file",
        lambda: File.objects.with_page(NOBODY),
        {"pk": "pk"},
        "pk",
        "edition__output__study",
    ),
    "events:detail": Place(
        "link_event", lambda: Event.objects.listed(), {"slug": "slug"}, "pk", "study"
    ),
}


def find_view(path: str) -> ResolverMatch | None:
    """The view at this path of the site, where it is one of these."""
    language = path.split("/")[1] if path.startswith("/") else ""
    if language not in LANGUAGES:
        return None
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return match if match.view_name in PLACES else None


def target(match: ResolverMatch) -> Target | None:
    """What is read there; None where nobody may open it."""
    place = PLACES[match.view_name]
    named = {field: match.kwargs[name] for name, field in place.fields.items()}
    row = place.rows().filter(**named).values_list(place.number, place.study).first()
    return Target(place.kind, *row) if row else None
