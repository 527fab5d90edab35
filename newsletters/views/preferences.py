"""A subscriber's own page, by signed links. Following a link changes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import posted
from engagement.core import limits
from engagement.core.access import public
from engagement.core.bilingual import active
from engagement.core.errors import Refused
from engagement.core.tokens import BadToken
from engagement.people.services import access, erasure
from newsletters.forms.preferences import AddressForm, LinkForm, PreferencesForm
from newsletters.services import preferences
from newsletters.services.preferences import Visit

PER_ADDRESS, PER_CLIENT = 3, 20
form_page = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[[HttpRequest, str, Visit], HttpResponse]


def by_link(view: View) -> Callable[..., HttpResponse]:
    """The view of whoever the link is for; a page that says so where it is no good."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            visit = preferences.open_link(token)
        except BadToken as error:
            return bad_link(request, error)
        return view(request, token, visit)

    return public(opened)  # type: ignore[return-value]


def by_fresh_link(page: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """As `by_link`; with a link that may have been forwarded, offers a fresh one."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
            if visit.fresh:
                return view(request, token, visit)
            context = {"token": token, "page": page}
            return render(request, "newsletters/fresh_link.html", context)

        return by_link(checked)

    return decorate


@public
@form_page
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address is on record or not."""
    form = LinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _mailed(request, form.cleaned_data["email"], "newsletters:preferences")
    status = 422 if form.errors else 200
    return render(request, "newsletters/ask_link.html", {"form": form}, status=status)


@form_page
@by_link
def edit(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    form = PreferencesForm(posted(request), person=visit.person)
    if request.method == "POST" and form.is_valid():
        data = {"interests": [], "readings_of": [], **form.cleaned_data}
        for button, field in (("none", "newsletters"), ("unread", "readings_of")):
            if button in request.POST:
                data[field] = []
        try:
            preferences.save(person=visit.person, shown_in=active(), **data)
        except Refused as refused:
            return bad_link(request, refused)
        messages.success(request, _("Saved."))
        return redirect("newsletters:preferences", token)
    context = {
        "form": form,
        "token": token,
        "person": visit.person,
        "kept": form.initial["readings_of"],
    }
    status = 422 if form.errors else 200
    return render(request, "newsletters/preferences.html", context, status=status)


@form_page
@by_fresh_link("newsletters:change_address")
def change_address(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    form = AddressForm(posted(request))
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if not _within(request, address):
            return limits.too_many(request)
        preferences.ask_to_change_address(
            person=visit.person, address=address, language=active()
        )
        return render(request, "newsletters/link_mailed.html")
    context = {"form": form, "token": token, "person": visit.person}
    status = 422 if form.errors else 200
    return render(request, "newsletters/change_address.html", context, status=status)


@public
@form_page
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the address with a button; POST changes it, once."""
    try:
        _person, address = preferences.find_change(token)
        if request.method == "POST":
            preferences.change_address(token=token)
            return render(request, "newsletters/address_changed.html")
    except Refused as error:
        return bad_link(request, error)
    return render(request, "newsletters/confirm_address.html", {"address": address})


@form_page
@by_fresh_link("newsletters:everything")
def everything(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    """Everything that is held on the person, as a file."""
    if request.method != "POST":
        return render(request, "newsletters/everything.html", {"token": token})
    answer = HttpResponse(
        access.export(by=None, person=visit.person), content_type="application/zip"
    )
    answer["Content-Disposition"] = 'attachment; filename="dolen.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@form_page
@by_fresh_link("newsletters:erase")
def erase(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    context: dict[str, Any] = {"token": token}
    if request.method == "POST":
        try:
            erasure.erase(by=None, person=visit.person)
        except Refused as refused:
            context["refused"] = str(refused)
        else:
            return render(request, "newsletters/erased.html")
    return render(request, "newsletters/erase.html", context)


@require_POST
@by_link
def mail_link(request: HttpRequest, token: str, visit: Visit) -> HttpResponse:
    """A fresh link to the page that asked for one, to the address on record."""
    page = request.POST.get("page", "")
    if page not in {
        "newsletters:change_address",
        "newsletters:everything",
        "newsletters:erase",
    }:
        page = "newsletters:preferences"
    return _mailed(request, visit.person.email, page)


def bad_link(request: HttpRequest, error: Exception) -> HttpResponse:
    return render(request, "newsletters/bad_link.html", {"error": error}, status=404)


def _mailed(request: HttpRequest, address: str, page: str) -> HttpResponse:
    if not _within(request, address):
        return limits.too_many(request)
    preferences.mail_link(address=address, page=page, language=active())
    return render(request, "newsletters/link_mailed.html")


def _within(request: HttpRequest, address: str) -> bool:
    client = request.META["REMOTE_ADDR"]
    return limits.within("link", address.lower(), PER_ADDRESS) and limits.within(
        "link-client", client, PER_CLIENT
    )
