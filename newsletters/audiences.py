"""The condition of getting a newsletter, and who was sent one since when."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.people.models import Consent
from engagement.people.registry import RuleKind, add_asking, add_kind, whose
from engagement.people.rule.words import keys, named, telling
from newsletters.models import Delivery, Newsletter


def _newsletters() -> list[tuple[str, Any]]:
    rows = Newsletter.objects.all()
    return [
        ("", _("Choose one")),
        *((str(row.pk), shown(row, "title").text) for row in rows),
    ]


def _fields() -> dict[str, forms.Field]:
    return {
        "newsletter": forms.ChoiceField(
            label=_("Which newsletter?"),
            choices=_newsletters,
            error_messages={"required": _("Choose a newsletter.")},
        )
    }


def subscribed(values: dict[str, Any]) -> Q:
    """By their last word in the ledger, as `Subscription.objects.last_word_is` says, for
    all people at once. Whether they can be written to is asked elsewhere."""
    rows = Newsletter.objects.filter(pk__in=keys([values["newsletter"]]))
    if (newsletter := rows.first()) is None:
        return Q(pk__in=[])
    said = Consent.objects.filter(
        purpose=Consent.Purpose.NEWSLETTER, about=newsletter.slug, person__isnull=False
    )
    agreed = (
        said.order_by()
        .values("person")
        .annotate(
            last=Max("pk"), given=Max("pk", filter=Q(action=Consent.Action.GIVEN))
        )
        # "At least" says the same as "is", and PostgreSQL guesses better how many.
        .filter(given__gte=F("last"))
    )
    return whose(agreed)


def _title(values: dict[str, Any]) -> str:
    (title,) = named(Newsletter.objects.all(), [values["newsletter"]], "title")
    return f"“{title}”"


def sent_since(since: datetime) -> "QuerySet[Any, Any]":
    """The numbers of people who were handed an issue since."""
    sent = Delivery.objects.filter(handed_over_at__gte=since, person__isnull=False)
    return sent.values("person")


add_kind(
    RuleKind(
        key="subscribed",
        position=100,
        title=_("Subscription"),
        fields=_fields,
        condition=subscribed,
        words=telling(_("Is subscribed to %(names)s"), _title),
        lacks=telling(_("Is not subscribed to %(names)s"), _title),
    )
)
add_asking(sent_since)
