"""The pictures of a newsletter, for mail programs and pages."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from engagement.core import uploads
from engagement.core.access import public
from newsletters.models import Newsletter, Picture
from newsletters.services import picture_links

# What every mail program shows; SVG, which could run something, is not among them.
TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# A new file has a new address.
forever = cache_control(public=True, max_age=31536000, immutable=True)


@public
@require_safe
@forever
def picture(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    return _file(get_object_or_404(Picture, pk=pk).upload, key)


@public
@require_safe
@forever
def masthead(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    return _file(get_object_or_404(Newsletter, pk=pk).masthead, key)


def _file(upload: FieldFile, key: str) -> HttpResponseBase:
    """Raises Http404 for a wrong key, a file that is gone and a kind that is not ours."""
    kind = TYPES.get(uploads.extension(upload.name or ""))
    if kind is None or not picture_links.fits(upload, key):
        raise Http404
    try:
        return FileResponse(upload.open("rb"), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
