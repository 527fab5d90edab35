"""Numbers as readers in either language write them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def percent(part: float, whole: float = 1, *, places: int = 0) -> str:
    """`part` of `whole` in per cent, a half rounded up: 24 of 28 is 86%.

    Django's number_format cuts off instead.
    """
    share = 100 * Decimal(str(part)) / Decimal(str(whole))
    rounded = share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{number_format(rounded, decimal_pos=places)}%"
