from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from engagement.core.access import public
from engagement.outputs.oai import writing
from engagement.outputs.oai.asking import Asked, Error

# With these the answer repeats no argument (3.6).
NOT_UNDERSTOOD = ("badVerb", "badArgument")


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """By GET or POST alike, neither of which changes anything. A machine asks, so there
    is no form and no token in it."""
    arguments = request.POST if request.method == "POST" else request.GET
    base = settings.SITE_URL + reverse("oai")
    given = {name: str(value) for name, value in arguments.items()}
    try:
        body = writing.verb(Asked.read(arguments), base)
    except Error as error:
        body = writing.error(error)
        given = {} if error.code in NOT_UNDERSTOOD else given
    text = writing.answer(base, given, body)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
