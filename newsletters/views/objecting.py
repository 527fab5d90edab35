"""Not to be counted in what a newsletter is read, by the link in each issue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import posted
from engagement.core.access import public
from engagement.core.tokens import BadToken
from engagement.metrics.forms import ObjectionForm
from engagement.metrics.services import objections as browsers
from newsletters.models import Newsletter
from newsletters.services import objections
from newsletters.views.preferences import bad_link


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what holds; POST objects for this browser and for the subscription, or
    takes that back."""
    try:
        delivery = objections.find(token)
    except BadToken as error:
        return bad_link(request, error)
    newsletter, person = delivery.issue.newsletter, delivery.person
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answer = redirect("newsletters:objection", token)
        if form.cleaned_data["count"]:
            objections.take_back(newsletter=newsletter, person=person)
            browsers.take_back(answer)
            messages.success(request, _("You no longer object."))
        else:
            objections.object_to(newsletter=newsletter, person=person)
            browsers.keep(answer)
            messages.success(request, _("You have objected."))
        return answer
    by_cookie = browsers.by_cookie(request)
    stands = objections.stands(newsletter, person)
    context = {
        "newsletter": newsletter,
        "by_cookie": by_cookie,
        "by_browser": browsers.by_browser(request),
        "stands": stands,
        "counts": newsletter.privacy != Newsletter.Privacy.NONE,
        # Whatever of the two is missing can still be said, and either be taken back.
        "can_object": not by_cookie or stands is False,
        "can_take_back": by_cookie or stands,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "newsletters/objection.html", context, status=status)
