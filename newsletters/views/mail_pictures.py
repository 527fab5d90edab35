"""The pictures of a newsletter, for mail programs and pages."""

from django.core import signing
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.core import uploads
from engagement.core.access import public
from newsletters.services import mail_charts, mail_pictures

# What every mail program shows; SVG, which could run something, is not among them.
TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


# A new file has a new name, another chart another code.
forever = cache_control(public=True, max_age=31536000, immutable=True)


@public
@require_safe
@forever
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """404 for a code that we did not make, and where there is no font."""
    try:
        return HttpResponse(mail_charts.drawn(code), content_type=TYPES["png"])
    except (signing.BadSignature, ValueError, FileNotFoundError) as error:
        raise Http404 from error


@public
@require_safe
@forever
def picture(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """404 for a wrong key, a file that is gone and a kind that is not ours."""
    kind = TYPES.get(uploads.extension(name))
    if kind is None or not mail_pictures.fits(name, key):
        raise Http404
    try:
        return FileResponse(default_storage.open(name), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
