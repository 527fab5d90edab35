from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES, active, other


class Addresses(NamedTuple):
    """Of a public page, for search engines: its own, and that of each language."""

    own: str
    each: dict[str, str]


def site(request: HttpRequest) -> dict[str, object]:
    """The language switch (same page, other language) and where the demonstration is."""
    lang = active()
    rest = request.path.removeprefix(f"/{lang}/")
    moved = rest != request.path
    path = f"/{other(lang)}/{rest}" if moved else f"/{other(lang)}/"
    query = request.META.get("QUERY_STRING", "")
    return {
        "lang": lang,
        "other_lang": other(lang),
        "other_url": f"{path}?{query}" if query and moved else path,
        "addresses": _addresses(request, rest) if moved else None,
        "has_mail_catcher": bool(settings.MAIL_CATCHER_DIR),
        "site_url": settings.SITE_URL,
        "site_name": _("Dolen"),
    }


def _addresses(request: HttpRequest, rest: str) -> Addresses | None:
    """None for what nobody is to find: pages of staff, and links made for one person.

    The second page of a list is a page of its own; a list that was sifted is not.
    """
    match = request.resolver_match
    if match is None or "token" in match.kwargs:
        return None
    if getattr(match.func, "permission", "") != "public":
        return None
    number = request.GET.get("page", "")
    query = f"?page={number}" if number.isdecimal() and len(request.GET) == 1 else ""
    each = {lang: f"{settings.SITE_URL}/{lang}/{rest}{query}" for lang in LANGUAGES}
    return Addresses(each[active()], each)
