from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from engagement.core.bilingual import active, other


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
        "has_mail_catcher": bool(settings.MAIL_CATCHER_DIR),
        "site_url": settings.SITE_URL,
        "site_name": _("Dolen"),
    }
