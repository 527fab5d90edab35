"""Numbers as readers in either language write them."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from engagement.metrics.intervals import Sample, is_clear, newcombe


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def count_or_hidden(count: int | None) -> str:
    return _("hidden") if count is None else number(count)


def hidden_note(fewest: int) -> str:
    """Why counts are hidden."""
    words = {"fewest": number(fewest)}
    text = _(
        "Counts of fewer than %(fewest)s people are hidden, and so are those that would "
        "give them away."
    )
    return text % words


def percent(part: float, whole: float = 1, *, places: int = 0) -> str:
    """`part` of `whole` in per cent, a half rounded up: 24 of 28 is 86%.

    Django's number_format cuts off instead.
    """
    rounded = half_up(100 * Decimal(str(part)) / Decimal(str(whole)), places)
    return f"{number_format(rounded, decimal_pos=places)}%"


def half_up(value: Decimal, places: int = 0) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def sums_note(counts: Iterable[int], base: int) -> str:
    """Why the percentages of parts do not sum to 100; "" where they do. They are never
    bent so that they would."""
    shares = [half_up(100 * Decimal(count) / base) for count in counts]
    if sum(shares) == 100:
        return ""
    return _("Percentages are rounded and may not sum to 100.")


def difference(one: Sample, other: Sample) -> str:
    """Of the share of `one` from that of `other`, with its interval; where that takes in
    nought there is none to speak of."""
    between = newcombe(one, other)
    words = {"low": points(between.low), "high": points(between.high)}
    if not is_clear(between):
        text = _(
            "no clear difference (95%% interval %(low)s to %(high)s percentage points)"
        )
        return text % words
    words["points"] = points(one.share - other.share)
    return _("%(points)s percentage points (95%% interval %(low)s to %(high)s)") % words


def points(share: float) -> str:
    """With its sign, a true minus among them; half up, away from nought below it."""
    rounded = half_up(100 * Decimal(str(share)))
    sign = "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), decimal_pos=0)}"
