"""The pictures of a newsletter, for mail programs and pages."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.core import uploads
from engagement.core.access import public
from newsletters.services import mail_pictures

# What every mail program shows; SVG, which could run something, is not among them.
TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


@public
@require_safe
# A new file has a new name.
@cache_control(public=True, max_age=31536000, immutable=True)
def picture(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """404 for a wrong key, a file that is gone and a kind that is not ours."""
    kind = TYPES.get(uploads.extension(name))
    if kind is None or not mail_pictures.fits(name, key):
        raise Http404
    try:
        return FileResponse(default_storage.open(name), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
