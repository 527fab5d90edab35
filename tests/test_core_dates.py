"""Dates in words."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tests.support.months import WELSH


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_spelt_as_in_the_dictionary(month):
    day = date(2011, month, 1)
    with translation.override("cy"):
        assert date_format(day, "F") == WELSH[month - 1]
        # As it stands in a date.
        assert date_format(day, "E") == WELSH[month - 1]
