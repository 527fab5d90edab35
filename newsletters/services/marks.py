"""Marks: what stands behind the `?` of a mail's links to articles.

- In the mode `none` nothing does.
- In `unlinkable`, and for whoever has not agreed in `named`, it is a word that was made
  by chance when the mail left and was written down nowhere. It tells one mail's links
  from another's, which is how scanners show and readers are counted, and nothing leads
  from it to a person: not even we could say whose it is.
- In `named`, for those who agreed, it is the token of the delivery (`readings`).

A page that is asked for with a mark keeps a hit of the kind "link", with a number made of
the word with the day's salt, and answers with its own address without it.
"""

import secrets
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from engagement.core import tokens
from engagement.metrics.models import Hit
from engagement.metrics.services import hits
from newsletters.models import Article, Delivery
from newsletters.services import readings

SCOPE = "letter"
# What the word is called behind the `?` of an address.
MARK = "d"
LASTS = timedelta(days=90)
# As long as the token of a delivery is, in bytes.
BYTES = 16
LINK = "link"


def word() -> str:
    """Signed, so that nobody can make readers up."""
    return tokens.make(SCOPE, secrets.token_urlsafe(BYTES))


def picture(mark: str) -> str:
    """Says that the mail was opened, of those who agreed that it may."""
    if not mark.startswith(f"?{readings.MARK}="):
        return ""
    address = settings.SITE_URL + reverse("newsletter_opened") + mark
    return f'<img src="{address}" width="1" height="1" alt="">'


def stands_in(request: HttpRequest) -> bool:
    return MARK in request.GET or readings.MARK in request.GET


def follow(request: HttpRequest, *, article: Article, counted: bool) -> None:
    """Keeps that a link of a mail was followed, where its newsletter is `counted`; and by
    name what the reader agreed to. A mark that is no good is none."""
    delivery = None
    if token := request.GET.get(readings.MARK):
        delivery = readings.record(request, token=token, article=article)
    letter = delivery.token if delivery else _letter(request)
    if counted and letter:
        hits.record(
            request,
            target_kind=LINK,
            target_id=article.pk,
            study_id=article.study_id,
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


def _letter(request: HttpRequest) -> str:
    with suppress(tokens.BadToken):
        return str(tokens.read(SCOPE, request.GET.get(MARK, ""), LASTS))
    return ""
