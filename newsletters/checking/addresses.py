"""Addresses in a text: those of this site, and those of others."""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.urls.resolvers import ResolverMatch
from django.utils import translation

from engagement.core.bilingual import LANGUAGES
from engagement.outputs.models import File
from newsletters.checking.loading import Loaded

BARE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
# What tells one language from another in an address.
TONGUES = {"en", "cy", "eng", "cym", "english", "welsh", "cymraeg", "saesneg"}
# Sites with a name and pages of its own in each language: the pages cannot be paired.
TWINS = {
    "llyw.cymru": "gov.wales",
    "senedd.cymru": "senedd.wales",
    "cyfreithiau.llyw.cymru": "law.gov.wales",
    "statscymru.llyw.cymru": "statswales.gov.wales",
    "llyfrgell.cymru": "library.wales",
}


def own_path(href: str) -> str | None:
    """The path on this site, or None where the address leads elsewhere."""
    parts = _split(href)
    if parts is None or parts.scheme not in {"", "http", "https"}:
        return None
    own = urlsplit(settings.SITE_URL)
    if parts.netloc.lower() not in {"", own.netloc.lower()}:
        return None
    return parts.path or None


def find_view(path: str) -> ResolverMatch | None:
    """What answers on this site, or None. As a reader is led there, a slash at the end
    and the language at the beginning may be left out."""
    language = path.split("/")[1] if path.startswith("/") else ""
    whole = path if path.endswith("/") else f"{path}/"
    with translation.override(language if language in LANGUAGES else "en"):
        for tried in (path, whole, f"/en{whole}"):
            try:
                return resolve(tried)
            except Resolver404:
                continue
    return None


def neutral_for(loaded: Loaded) -> Callable[[str], str]:
    """A function that gives addresses of one page in two languages one spelling.

    A file is known by its output: each language has a file of its own.
    """
    files = {
        str(match.kwargs["pk"])
        for _text, _language, read in loaded.written()
        for href, _words in read.links
        if (path := own_path(href))
        and (match := find_view(path))
        and match.view_name == "outputs:download"
    }
    rows = File.objects.filter(pk__in=files) if files else File.objects.none()
    outputs = dict(rows.values_list("pk", "edition__output__slug")) if files else {}
    return partial(_neutral, outputs)


def _neutral(outputs: dict[int, str], href: str) -> str:
    path = own_path(href)
    if path is not None:
        match = find_view(path)
        if match and match.view_name == "outputs:download":
            return f"/outputs/{outputs.get(match.kwargs['pk'], '')}"
        return re.sub(r"^/(en|cy)(?=/|$)", "", path) or "/"
    if href.startswith("#"):
        return "#"
    parts = _split(href)
    if parts is None or parts.scheme not in {"http", "https"}:
        return href
    host = parts.netloc.lower().removeprefix("www.")
    if host in TWINS or host in TWINS.values():
        return f"{TWINS.get(host, host)}/…"
    steps = [step for step in parts.path.split("/") if step.lower() not in TONGUES]
    asked = [(k, v) for k, v in parse_qsl(parts.query) if v.lower() not in TONGUES]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{host}{'/'.join(steps).rstrip('/')}{query}"


def _split(href: str):  # type: ignore[no-untyped-def]
    try:
        return urlsplit(href)
    except ValueError:
        return None
