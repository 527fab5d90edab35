"""Marks: what stands behind the `?` of a mail's links to what is read on the site, be it an
article, an output, a file, an event or the issue itself (`markable`).

- In the mode `none` nothing does, nor for whoever objected (`objections`).
- In `unlinkable`, and for whoever has not agreed in `named`, it is a word that was made
  by chance when the mail left and was written down nowhere, behind the number of the
  newsletter, which may have changed its mode since. It tells one mail's links from
  another's, which is how scanners show and readers are counted, and nothing leads from it
  to a person: not even we could say whose it is.
- In `named`, for those who agreed, it is the token of the delivery (`readings`).

What is asked for with a mark (`middleware`) keeps a hit of the kind "link", "link_output"
and so on, with a number made of the word with the day's salt, and is answered with its
own address without it.
"""

import secrets
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.urls.resolvers import ResolverMatch

from engagement.core import tokens
from engagement.metrics.models import Hit
from engagement.metrics.services import hits
from newsletters.models import Delivery, Newsletter
from newsletters.services import markable, readings
from newsletters.services.markable import Target

SCOPE = "letter"
# What the word is called behind the `?` of an address.
MARK = "d"
LASTS = timedelta(days=90)
# As long as the token of a delivery is: most of it made by chance, without a dot.
LETTERS = 22


def word(newsletter_id: int) -> str:
    """Signed, so that nobody can make readers up."""
    made = f"{newsletter_id}.{secrets.token_urlsafe(LETTERS)}"
    return tokens.make(SCOPE, made[:LETTERS])


def picture(mark: str) -> str:
    """Says that the mail was opened, of those who agreed that it may."""
    if not mark.startswith(f"?{readings.MARK}="):
        return ""
    address = settings.SITE_URL + reverse("newsletter_opened") + mark
    return f'<img src="{address}" width="1" height="1" alt="">'


def stands_in(request: HttpRequest) -> bool:
    return MARK in request.GET or readings.MARK in request.GET


def follow(request: HttpRequest, *, match: ResolverMatch) -> None:
    """Keeps that a link of a mail was followed to this view, one of `markable`, where its
    newsletter counts; and by name what the reader agreed to. A mark that is no good is
    none."""
    if (target := markable.target(match)) is None:
        return
    delivery = _delivery(request, target)
    if letter := delivery.token if delivery else _letter(request):
        hits.record(
            request,
            target_kind=target.kind,
            target_id=target.pk,
            study_id=target.study_id,
            letter=letter,
            sector=delivery.sector if delivery else "",
        )


def opened(request: HttpRequest) -> None:
    """Keeps that a mail was opened, of a reader who agreed to it and still does."""
    if delivery := readings.of_reader(request.GET.get(readings.MARK, "")):
        _keep_opening(request, delivery)


def _keep_opening(request: HttpRequest, delivery: Delivery) -> None:
    hits.record(
        request,
        target_kind=Hit.PIXEL,
        target_id=delivery.issue_id,
        study_id=delivery.issue.newsletter.study_id,
        # In which language it was read, nobody knows.
        language="",
        letter=delivery.token,
        sector=delivery.sector,
    )


def _delivery(request: HttpRequest, target: Target) -> Delivery | None:
    """Of the reader who agreed to be known; of articles alone it is kept which."""
    if not (token := request.GET.get(readings.MARK)):
        return None
    if target.kind == markable.ARTICLE:
        return readings.record(request, token=token, article_id=target.pk)
    return readings.of_reader(token)


def _letter(request: HttpRequest) -> str:
    with suppress(tokens.BadToken):
        found = str(tokens.read(SCOPE, request.GET.get(MARK, ""), LASTS))
        if _counts(found.partition(".")[0]):
            return found
    return ""


def _counts(newsletter: str) -> bool:
    known = Newsletter.objects.exclude(privacy=Newsletter.Privacy.NONE)
    return newsletter.isdecimal() and known.filter(pk=newsletter).exists()
