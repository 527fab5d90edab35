from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.mail import caught

# A mail is somebody else's page: it may show itself and follow links, no more.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups"],
}


@requires("mail.view_caught")
@require_safe
def list_caught(request: HttpRequest) -> HttpResponse:
    page = Paginator(caught.names(), 20).get_page(request.GET.get("page"))
    mails = [caught.read(name) for name in page]
    return render(request, "mail/caught.html", {"page": page, "mails": mails})


@requires("mail.view_caught")
@require_safe
def caught_message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "mail/caught_message.html", {"caught": caught.read(name)})


@requires("mail.view_caught")
@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]
def caught_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail's own HTML, to be shown in a frame. Its links open in the whole window:
    our pages refuse to be framed."""
    html = caught.read(name).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
