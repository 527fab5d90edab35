from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request

from engagement.core import gallery as samples
from engagement.core.access import public, requires


@public
def to_language(request: HttpRequest) -> HttpResponse:
    """The home page in the reader's language."""
    return redirect(f"/{get_language_from_request(request)}/")


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the site can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@requires("core.view_gallery")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the pages, for those who write new ones."""
    return render(request, "gallery.html", samples.context())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """In both languages and without the database, which may be what failed."""
    return render(None, "500.html", status=500)
