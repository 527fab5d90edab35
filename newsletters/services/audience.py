"""Who would get the next issue of a newsletter, who would not, and why.

Each subscription is counted once, under one reason, so that the numbers add up to all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from engagement.people.models import Consent, Person, Sector
from newsletters.models import Newsletter, Subscription


class Why(TextChoices):
    """In the order in which they are looked at."""

    IN = "in", _("Will get it")
    TWICE = "twice", _("Twice in the audience: merged with somebody who has their own")
    WITHDRAWN = "withdrawn", _("Left the newsletter")
    NO_ADDRESS = "no_address", _("No e-mail address")
    SUPPRESSED = "suppressed", _("Suppressed: never written to")
    WAITING = "waiting", _("Unconfirmed: has not agreed yet")


# In the middle of a sentence, after a number.
SHORT = {
    Why.TWICE: _("twice in the audience"),
    Why.WITHDRAWN: _("left"),
    Why.NO_ADDRESS: _("without an address"),
    Why.SUPPRESSED: _("suppressed"),
    Why.WAITING: _("unconfirmed"),
}
OUT = [why for why in Why if why != Why.IN]


@dataclass(frozen=True)
class Audience:
    """How many; `total` is all subscriptions of the newsletter."""

    by_reason: dict[str, int]
    by_language: list[tuple[str, int]]
    by_sector: list[tuple[str, int]]

    @property
    def going(self) -> int:
        return self.by_reason[Why.IN]

    @property
    def total(self) -> int:
        return sum(self.by_reason.values())

    @property
    def staying(self) -> int:
        return self.total - self.going

    @property
    def in_words(self) -> str:
        """As "6 unconfirmed, 5 suppressed"; "" where everybody gets it."""
        found = [(self.by_reason[why], words) for why, words in SHORT.items()]
        return ", ".join(f"{number} {words}" for number, words in found if number)

    @property
    def reasons(self) -> list[tuple[str, str, int]]:
        """Code, words and number of each reason that somebody does not get it for."""
        return [
            (why.value, str(why.label), self.by_reason[why])
            for why in OUT
            if self.by_reason[why]
        ]


def count(newsletter: Newsletter) -> Audience:
    """As of now; frozen only when an issue starts."""
    reasons = _with_why(newsletter).values_list("why").annotate(Count("pk")).order_by()
    getting = Subscription.objects.in_force().filter(newsletter=newsletter)
    languages = getting.values_list("person__language").annotate(Count("pk")).order_by()
    found: QuerySet[Any] = getting.with_sector()
    sectors = found.values_list("sector").annotate(Count("pk"))
    return Audience(
        by_reason=dict.fromkeys(Why.values, 0) | dict(reasons),
        by_language=_labelled(Person.Language.choices, dict(languages)),
        by_sector=_labelled(
            [*Sector.choices, ("", _("Not known"))], dict(sectors.order_by())
        ),
    )


def left_out(newsletter: Newsletter, why: str = "") -> QuerySet[Any]:
    """Who will not get it, by name, with `why` on each; only for one reason if given."""
    found = _with_why(newsletter).exclude(why=Why.IN).select_related("person")
    if why:
        found = found.filter(why=why)
    return found.order_by("person__name", "pk")


def _with_why(newsletter: Newsletter) -> QuerySet[Any]:
    """The first reason that fits; what goes is what `in_force` says and nothing else."""
    rows = Subscription.objects.filter(newsletter=newsletter)
    in_force = Subscription.objects.in_force().filter(newsletter=newsletter)
    given = Subscription.objects.last_word_is(Consent.Action.GIVEN)
    withdrawn = Subscription.objects.last_word_is(Consent.Action.WITHDRAWN)
    return rows.annotate(
        why=Case(
            When(pk__in=in_force.values("pk"), then=Value(Why.IN)),
            When(person__merged_into__isnull=False, then=Value(Why.TWICE)),
            When(
                pk__in=withdrawn.filter(newsletter=newsletter).values("pk"),
                then=Value(Why.WITHDRAWN),
            ),
            When(~Q(pk__in=given.values("pk")), then=Value(Why.WAITING)),
            When(person__email="", then=Value(Why.NO_ADDRESS)),
            default=Value(Why.SUPPRESSED),
        )
    )


def _labelled(
    choices: Sequence[tuple[str, Any]], found: dict[str, int]
) -> list[tuple[str, int]]:
    return [(str(label), found[key]) for key, label in choices if found.get(key)]
