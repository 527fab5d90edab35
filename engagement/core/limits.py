"""How often something may be asked for."""

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HOUR = 3600


def within(what: str, who: str, most: int, seconds: int = HOUR) -> bool:
    """False from the `most` + 1st time on that `who` asks within `seconds`.

    `who` is hashed: the cache keeps no addresses.
    """
    key = f"limit:{what}:{sha256(who.encode()).hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It ran out between the two calls.
        return True


def too_many(request: HttpRequest) -> HttpResponse:
    """The page that says so, in the reader's language (RFC 6585, 429)."""
    return render(request, "429.html", status=429)
