from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from engagement.core.access import public
from engagement.mail import webhooks


@public
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def webhook(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Events of a mail provider; Anymail checks the secret, and the provider's own
    signature where it has one. Without a secret of ours nobody is heard."""
    view = webhooks.VIEWS.get(provider)
    if view is None or not dict(settings.ANYMAIL).get("WEBHOOK_SECRET"):
        raise Http404
    try:
        answer: HttpResponseBase = view.as_view()(request)
    except ImproperlyConfigured as error:
        # A provider that is not ours: its key is not set.
        raise Http404 from error
    return answer
