"""Signing up and leaving, without an account. Following a link changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import posted
from engagement.core import limits
from engagement.core.access import public
from engagement.core.bilingual import active
from engagement.core.tokens import BadToken
from newsletters.forms.subscribing import ConfirmForm, SubscribeForm
from newsletters.models import Newsletter
from newsletters.services import subscriptions
from newsletters.views.preferences import bad_link

PER_ADDRESS, PER_CLIENT = 3, 20


@public
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form = SubscribeForm(data=posted(request))
    if request.method == "POST" and form.is_valid():
        client = request.META["REMOTE_ADDR"]
        if not (
            limits.within("subscribe", form.cleaned_data["email"], PER_ADDRESS)
            and limits.within("subscribe-client", client, PER_CLIENT)
        ):
            return limits.too_many(request)
        subscriptions.ask(newsletter=newsletter, **form.cleaned_data)
        return render(request, "newsletters/asked.html", {"newsletter": newsletter})
    return render(
        request,
        "newsletters/subscribe.html",
        {
            "newsletter": newsletter,
            "form": form,
            "wording": subscriptions.wording(newsletter),
        },
        status=422 if form.errors else 200,
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscription = subscriptions.find_to_confirm(token)
    except BadToken as error:
        return bad_link(request, error)
    form = ConfirmForm(posted(request), newsletter=subscription.newsletter)
    if request.method == "POST" and form.is_valid():
        reading = form.cleaned_data.get("reading", False)
        subscriptions.confirm(
            subscription=subscription, language=active(), reading=reading
        )
        return render(
            request, "newsletters/confirmed.html", {"subscription": subscription}
        )
    return render(
        request,
        "newsletters/confirm.html",
        {
            "subscription": subscription,
            "form": form,
            "wording": subscriptions.wording(subscription.newsletter),
        },
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button; POST leaves, or with `back` undoes it."""
    try:
        delivery = subscriptions.find_delivery(token)
    except BadToken as error:
        return bad_link(request, error)
    newsletter, person = delivery.issue.newsletter, delivery.person
    context = {"newsletter": newsletter, "token": token, "person": person}
    if request.method != "POST":
        return render(request, "newsletters/unsubscribe.html", context)
    if "back" in request.POST and person:
        subscriptions.come_back(newsletter=newsletter, person=person, language=active())
        return render(request, "newsletters/back.html", context)
    subscriptions.leave(newsletter=newsletter, person=person)
    return render(request, "newsletters/left.html", context)


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: mail programs POST here, without cookies; a person is shown the page."""
    if request.method != "POST":
        return redirect("newsletters:unsubscribe", token)
    try:
        delivery = subscriptions.find_delivery(token)
    except BadToken:
        return HttpResponse(status=404)
    subscriptions.leave(newsletter=delivery.issue.newsletter, person=delivery.person)
    return HttpResponse(status=200)
