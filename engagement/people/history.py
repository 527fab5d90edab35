"""What people agreed to, and the posts they had."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.people.histories import midnight
from engagement.people.models import Affiliation, Consent
from engagement.people.registry import About, Happening, add_history


def _consents(people: Collection[int]) -> Iterator[Happening]:
    for row in Consent.objects.filter(person__in=people):
        said = _("%(action)s: %(purpose)s (%(about)s)") % {
            "action": row.get_action_display(),
            "purpose": row.get_purpose_display(),
            "about": row.about,
        }
        yield Happening(row.at, About.CONSENT, said, row.person_id or 0)


def _posts(people: Collection[int]) -> Iterator[Happening]:
    posts = Affiliation.objects.filter(person__in=people)
    for post in posts.select_related("organisation"):
        name = {"post": _named(post)}
        if post.started_on:
            text = _("Began a post: %(post)s") % name
            at = midnight(post.started_on)
            yield Happening(at, About.POST, text, post.person_id)
        if post.ended_on:
            text = _("Left a post: %(post)s") % name
            at = midnight(post.ended_on)
            yield Happening(at, About.POST, text, post.person_id)


def _named(post: Affiliation) -> str:
    body = post.organisation
    name = shown(body, "name").text if body else post.organisation_name
    what = post.post or post.get_function_display()
    return ", ".join(part for part in (what, name) if part) or _("Not stated")


add_history(_consents)
add_history(_posts)
