"""A mail as somebody else's program would show it."""

from django.db.models import QuerySet

from engagement.people.queries import find
from newsletters.models import Newsletter, Subscription
from newsletters.services import testing
from newsletters.services.rendering import Rendered

DARK = "@media (prefers-color-scheme: dark)"
BOTH = 'content="light dark"'


def framed(rendered: Rendered, *, dark: bool) -> str:
    """The HTML part for a frame, light or dark whatever the reader's own screen.

    Links open in a window of their own, since our pages refuse to be framed, and what
    they lead to is not counted.
    """
    html = testing.uncounted(rendered).html
    media, scheme = ("all", "dark") if dark else ("not all", "light")
    html = html.replace(DARK, f"@media {media}").replace(BOTH, f'content="{scheme}"')
    return html.replace("<head>", '<head><base target="_blank">', 1)


def subscribers(newsletter: Newsletter, words: str = "") -> QuerySet[Subscription]:
    """Those in force whose name or address has `words` in it."""
    found = newsletter.subscriptions.in_force().select_related("person")
    if words:
        found = found.filter(person__in=find(words=words, sector="").order_by())
    return found.order_by("person__name", "pk")
