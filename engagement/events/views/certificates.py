"""Certificates of attendance: theirs, everybody's, and whether one is real."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import bilingual, limits, pdf
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.events.forms.certificates import CheckForm
from engagement.events.models import Attendance, Event
from engagement.events.services import certificates, registration_links

# Enough for whoever checks a pile of them, too few for whoever tries names on one.
PER_CLIENT, PER_CODE = 30, 10


@public
@require_POST
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """By POST, because the first one that is asked for is given its code."""
    try:
        found = registration_links.find(token)
    except BadToken as error:
        return render(
            request, "events/bad_link.html", {"error": str(error)}, status=404
        )
    try:
        made = certificates.make(by=None, registration=found)
        return _file([made], f"{found.event.slug}-{found.reference}.pdf")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("events:registration", token)


@requires("events.manage")
@require_POST
def all_certificates(request: StaffRequest, slug: str) -> HttpResponse:
    """Of everybody who came, a page each."""
    event = get_object_or_404(Event, slug=slug)
    try:
        made = certificates.make_all(by=request.user, event=event)
        return _file(made, f"{event.slug}-certificates.pdf")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(event)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Says that a code is real, of which event and which day; no name that the asker has
    not typed."""
    form = CheckForm(posted(request), initial={"code": request.GET.get("code", "")})
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        code, surname = form.cleaned_data["code"], form.cleaned_data["surname"]
        client = request.META["REMOTE_ADDR"]
        if not (
            limits.within("certificate-client", client, PER_CLIENT)
            and limits.within("certificate", certificates.plain(code), PER_CODE)
        ):
            return limits.too_many(request)
        context |= {
            "asked": True,
            "surname": surname,
            "checked": certificates.check(code, surname),
        }
    status = 422 if form.errors else 200
    return render(request, "events/certificate_check.html", context, status=status)


def _file(made: list[Attendance], name: str) -> HttpResponse:
    reader = bilingual.active()
    pages = [
        {
            "attendance": one,
            "registration": one.registration,
            "event": one.registration.event,
            "code": certificates.spaced(one.certificate_code or ""),
            "length": _minutes_long(one.registration.event),
        }
        for one in made
    ]
    context = {
        "lang": reader,
        "languages": [reader, bilingual.other(reader)],
        "pages": pages,
        "site_url": settings.SITE_URL,
    }
    file = pdf.make(
        "events/certificate_pdf.html", context, styles=["events/certificate.css"]
    )
    return HttpResponse(
        file.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _minutes_long(event: Event) -> int | None:
    if event.starts_at is None or event.ends_at is None:
        return None
    return int((event.ends_at - event.starts_at).total_seconds() // 60)
