"""Links lead somewhere that every reader may see. Nothing is fetched.

Pages of this site are looked up as the site itself would; of other sites the address is
judged here, and what was answered there in `elsewhere`.
"""

import ipaddress
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.urls.resolvers import ResolverMatch
from django.utils.translation import gettext as _

from engagement.core.access import declared
from engagement.events.models import Event
from engagement.groups.models import Group
from engagement.outputs.models import File, Output
from engagement.studies.models import Study
from newsletters.checking import addresses
from newsletters.checking.findings import BLOCK, WARN, Finding
from newsletters.checking.loading import Loaded, Text
from newsletters.models import PUBLIC_STATES, Article, Issue, Newsletter

OPEN = Output.Status.PUBLISHED
# What of the pages with a name of their own anybody may see: field, rows.
PUBLIC: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "outputs:detail": ("slug", lambda: Output.objects.published()),
    "outputs:download": (
        "pk",
        lambda: File.objects.filter(edition__output__status=OPEN),
    ),
    "events:detail": ("slug", lambda: Event.objects.listed()),
    "events:register": ("slug", lambda: Event.objects.listed()),
    "groups:detail": ("slug", Group.objects.all),
    "studies:detail": ("slug", Study.objects.all),
    "studies:ask": ("slug", Study.objects.all),
    "studies:glossary": ("slug", Study.objects.all),
    "evidence:list": ("slug", Study.objects.all),
    "newsletters:detail": ("slug", Newsletter.objects.all),
    "newsletters:subscribe": ("slug", Newsletter.objects.all),
    "newsletters:issue": ("slug", lambda: Issue.objects.public()),
    "newsletters:article": (
        "slug",
        lambda: Article.objects.filter(places__issue__state__in=PUBLIC_STATES),
    ),
}
# Where a reader is asked to sign in first.
CLOSED = ("sharepoint.com", "teams.microsoft.com", "onedrive.live.com", "yammer.com")
INSIDE = (".local", ".localhost", ".internal", ".intranet", ".lan", ".test")


class Typed(NamedTuple):
    """A link in a text that leads to this site, and what answers there."""

    text: Text
    language: str
    href: str
    match: ResolverMatch | None

    @property
    def key(self) -> str:
        """What names the thing among those of its kind, or ""."""
        if self.match is None or self.match.view_name not in PUBLIC:
            return ""
        return str(self.match.kwargs.get(PUBLIC[self.match.view_name][0], ""))


def check(loaded: Loaded) -> Iterator[Finding]:
    own = list(typed(loaded))
    seen = _seen(loaded, own)
    for link in own:
        if wrong := _own(link, seen):
            code, sentence = wrong
            named = {"address": link.href}
            yield link.text.found(code, BLOCK, sentence % named, link.language)
    for text, lang, read in loaded.written():
        for href, _words in read.links:
            if addresses.own_path(href) is None and (found := judge(href)):
                code, level, sentence = found
                yield text.found(code, level, sentence % {"address": href}, lang)


def typed(loaded: Loaded) -> Iterator[Typed]:
    for text, lang, read in loaded.written():
        for href, _words in read.links:
            if path := addresses.own_path(href):
                yield Typed(text, lang, href, addresses.find_view(path))


def _seen(loaded: Loaded, own: list[Typed]) -> dict[str, set[str]]:
    """{view: names of what is public}, a question for each kind of page."""
    asked: dict[str, set[str]] = defaultdict(set)
    for link in own:
        if link.match and link.key:
            asked[link.match.view_name].add(link.key)
    seen = {}
    for view, keys in asked.items():
        field, rows = PUBLIC[view]
        found = rows().filter(Q(**{f"{field}__in": keys})).values_list(field, flat=True)
        seen[view] = {str(key) for key in found}
    # What goes out with the issue is public by then.
    seen.setdefault("newsletters:issue", set()).add(loaded.issue.slug)
    seen.setdefault("outputs:detail", set()).update(loaded.coming)
    here = {article.slug for article in loaded.articles}
    seen.setdefault("newsletters:article", set()).update(here)
    return seen


def _own(link: Typed, seen: dict[str, set[str]]) -> tuple[str, str] | None:
    """Code and sentence of what is wrong with a link to this site."""
    match = link.match
    if match is None:
        return "links.broken", _("There is no page %(address)s on this site.")
    if "token" in match.kwargs:
        sentence = _("The link %(address)s is for one person alone.")
        return "links.personal", sentence
    if declared(match.func) != "public":
        sentence = _("The page %(address)s is only for those who sign in.")
        return "links.private", sentence
    if link.key and link.key not in seen.get(match.view_name, ()):
        sentence = _("The page %(address)s is not there, or not published.")
        return "links.unpublished", sentence
    return None


def judge(href: str) -> tuple[str, str, str] | None:
    """Code, level and sentence of what is wrong with an address elsewhere."""
    if href.startswith("#"):
        return None
    try:
        parts = urlsplit(href)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "links.broken", BLOCK, _("%(address)s is no address.")
    if parts.scheme == "mailto":
        return _mailbox(parts.path)
    if parts.scheme not in {"http", "https"}:
        sentence = _("%(address)s does not begin with https://.")
        return "links.broken", BLOCK, sentence
    if parts.username or _is_inside(host):
        sentence = _("%(address)s cannot be reached from outside, or holds a password.")
        return "links.private", BLOCK, sentence
    if "." not in host or " " in href:
        return "links.broken", BLOCK, _("%(address)s is no address.")
    if host.endswith(CLOSED):
        return "links.closed", WARN, _("%(address)s asks readers to sign in.")
    if parts.scheme == "http":
        return "links.http", WARN, _("%(address)s is not secure: try https://.")
    return None


def _mailbox(address: str) -> tuple[str, str, str] | None:
    try:
        validate_email(address)
    except ValidationError:
        return "links.broken", BLOCK, _("%(address)s is no e-mail address.")
    return None


def _is_inside(host: str) -> bool:
    """A machine that only some can reach."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(INSIDE)
