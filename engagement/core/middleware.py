from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from engagement.core import views

Handler = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Handler) -> Handler:
    """400 for a NUL byte in the address: PostgreSQL cannot hold one, no page needs one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.path + request.META.get("QUERY_STRING", "")
        if "\x00" in address or "%00" in address:
            # Before LocaleMiddleware, which would have set the language.
            language = translation.get_language_from_request(request, check_path=True)
            with translation.override(language):
                return views.bad_request(request, ValueError("NUL"))
        return get_response(request)

    return middleware
