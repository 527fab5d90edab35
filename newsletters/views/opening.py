"""The picture that says that a mail was opened."""

from base64 import b64decode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.access import public
from newsletters.services import marks

# One pixel that is not seen.
PICTURE = b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


@public
@require_safe
@never_cache
def opened(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whatever the token in the address is."""
    marks.opened(request)
    return HttpResponse(PICTURE, content_type="image/gif")
