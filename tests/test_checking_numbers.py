"""A number is the same in either language, however it is typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletters.checking import numbers
from tests.support import issues

# A busy machine is no failure.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
GAPS = ["", ",", " ", "\u00a0", "\u2009", "\u202f"]
WHOLE = st.integers(min_value=0, max_value=10**9)
DECIMALS = st.integers(min_value=1, max_value=999)


def read(text):
    return numbers.take(text)[0]


def typed(number, gap):
    return f"{number:,}".replace(",", gap)


@calmly
@given(WHOLE, st.sampled_from(GAPS), st.sampled_from(GAPS))
def test_whole_numbers(number, one, other):
    english = read(f"There are {typed(number, one)} areas.")
    welsh = read(f"Mae {typed(number, other)} o ardaloedd.")
    assert english == welsh == [str(number)]


@calmly
@given(WHOLE, DECIMALS, st.sampled_from(["%", " %", " per cent", " percent"]))
def test_decimals_and_percentages(number, decimals, per):
    english = read(f"It was {typed(number, ',')}.{decimals:03}{per} in all.")
    welsh = read(f"Roedd yn {number}.{decimals:03} y cant.")
    assert english == welsh
    assert len(english) == 1


@calmly
@given(WHOLE, WHOLE)
def test_the_two_ends_of_a_range(low, high):
    english = read(f"from {typed(low, ',')} to {typed(high, ',')} people")
    for dash in ("-", "\N{EN DASH}", " \N{EN DASH} ", " i "):
        assert read(f"{low}{dash}{high} o bobl") == english


@calmly
@given(WHOLE, WHOLE)
def test_two_numbers_are_the_same_only_if_they_are(one, other):
    assert (read(f"a {one} b") == read(f"a {other} b")) == (one == other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("£1.5 million", ["1500000"]),
        ("£1.5 miliwn", ["1500000"]),
        ("2 bn", ["2000000000"]),
        ("-5 and \N{MINUS SIGN}5", ["-5", "-5"]),
        ("2010-11", ["2010", "11"]),
        ("18.30%", ["18.3%"]),
        ("the 5th, y 5ed", ["5", "5"]),
        ("2010,2011", ["2010", "2011"]),
        ("A55, CO2", []),
        ("in 2011 234 came", ["2011", "234"]),
        ("", []),
    ],
)
def test_what_is_read(text, found):
    assert read(text) == found


@pytest.mark.django_db
def test_a_number_that_differs_blocks_and_is_named_side_by_side():
    issue = issues.make("1,896 areas and 23 more.", "1 896 o ardaloedd a 32 arall.")
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.level) == ("parity.numbers", "block")
    assert "Only in English: 23. Only in Welsh: 32." in finding.sentence
    assert finding.place.field == "body"
    assert finding.url.endswith("#id_body_en")


@pytest.mark.django_db
def test_numbers_in_addresses_are_no_numbers_of_the_text():
    issue = issues.make(
        "See https://a.example.org/12", "Gweler https://b.example.org/3"
    )
    assert issues.found(issue, "parity.numbers") == []
