from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import posted
from engagement.core import bilingual, limits
from engagement.core.access import public
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.events.forms import RegisterForm
from engagement.events.models import Event
from engagement.events.services import registrations

# Each asking writes to the address, so nobody may have a stranger flooded.
PER_ADDRESS = 5


@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """No account: a name, an address, a kind of organisation."""
    event = get_object_or_404(Event.objects.listed().with_counts(), slug=slug)
    form = RegisterForm(posted(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not limits.within("register", email.lower(), PER_ADDRESS):
            return limits.too_many(request)
        try:
            registrations.register(
                by=None, event=event, language=bilingual.active(), **form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            request.session["registered"] = [slug, email]
            return redirect("events:registered", slug)
    status = 422 if form.is_bound else 200
    return render(
        request, "events/register.html", {"event": event, "form": form}, status=status
    )


@public
@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a first registration and a repeated one; the mail says which."""
    event = get_object_or_404(Event.objects.listed(), slug=slug)
    done, email = request.session.get("registered", ["", ""])
    if done != slug:
        return redirect(event)
    return render(request, "events/registered.html", {"event": event, "email": email})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in the mail: GET shows the registration, POST cancels it."""
    try:
        found = registrations.find(token)
    except BadToken as error:
        return render(
            request, "events/bad_link.html", {"error": str(error)}, status=404
        )
    if request.method == "POST":
        try:
            registrations.cancel(by=None, registration=found)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("You have cancelled your registration."))
        return redirect("events:registration", token)
    context = {"registration": found, "can_cancel": registrations.can_cancel(found)}
    return render(request, "events/registration.html", context)
