"""Who does not want to be counted: nothing at all is kept of their reading."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "uncounted"
# As long as browsers keep a cookie (RFC 6265bis, 5.5).
LASTS = 400 * 24 * 3600


def objects(request: HttpRequest) -> bool:
    """By the cookie, or by what their browser says with each request: Do Not Track
    (DNT: 1) or Global Privacy Control (Sec-GPC: 1)."""
    return by_cookie(request) or by_browser(request)


def by_cookie(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == "1"


def by_browser(request: HttpRequest) -> bool:
    return "1" in (request.headers.get("DNT"), request.headers.get("Sec-GPC"))


def keep(answer: HttpResponse) -> None:
    """Remembered by the browser alone; it says nothing but that."""
    answer.set_cookie(
        COOKIE,
        "1",
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_back(answer: HttpResponse) -> None:
    answer.delete_cookie(COOKIE, samesite="Lax")
