"""For search engines, which read them at fixed addresses."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from engagement.core import sitemap
from engagement.core.access import public


@public
@require_safe
@conditional_page
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """One map while that is enough; then a list of maps (`?part=1` and on)."""
    entries = sitemap.entries()
    starts = range(0, len(entries), sitemap.MOST)
    wanted = request.GET.get("part", "")
    if not wanted and len(starts) > 1:
        address = settings.SITE_URL + reverse("sitemap")
        maps = [f"{address}?part={number + 1}" for number in range(len(starts))]
        return _xml(request, "sitemap_index.xml", {"maps": maps})
    number = int(wanted[:6]) - 1 if wanted.isdecimal() else 0
    if (wanted and str(number + 1) != wanted) or number not in range(len(starts)):
        raise Http404
    found = entries[starts[number] : starts[number] + sitemap.MOST]
    return _xml(request, "sitemap.xml", {"entries": found})


@public
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9309. What is for staff asks who they are anyhow; it is no use to look."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{lang}/account/" for lang, _name in settings.LANGUAGES),
        *(f"Disallow: /{lang}/admin/" for lang, _name in settings.LANGUAGES),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _xml(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    kind = "application/xml; charset=utf-8"
    return render(request, name, context, content_type=kind)
