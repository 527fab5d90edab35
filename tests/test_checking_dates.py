"""A date is the same in either language, however it is written."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletters.checking import dates
from tests.support import issues
from tests.support.months import WELSH

ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SOFT = [
    "Ionawr",
    "Chwefror",
    "Fawrth",
    "Ebrill",
    "Fai",
    "Fehefin",
    "Orffennaf",
    "Awst",
    "Fedi",
    "Hydref",
    "Dachwedd",
    "Ragfyr",
]
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
# A busy machine is no failure.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORMS = [
    "{d} {english} {y}",
    "{d}th {english} {y}",
    "{d}th of {english}, {y}",
    "{english} {d}, {y}",
    "{english} {d}th {y}",
    "{d:02}/{m:02}/{y}",
    "{d}.{m}.{y}",
    "{y}-{m:02}-{d:02}",
    "{d} {welsh} {y}",
    "{d}ain {welsh} {y}",
    "{d}ed o {soft} {y}",
    "{d} o fis {welsh} {y}",
]


def write(form, day):
    return form.format(
        d=day.day,
        m=day.month,
        y=day.year,
        english=ENGLISH[day.month - 1],
        welsh=WELSH[day.month - 1],
        soft=SOFT[day.month - 1],
    )


def read(text):
    return list(dates.take(text)[0])


@calmly
@given(DAYS, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_one_day_in_any_two_forms(day, one, other):
    first = dates.take(f"It is on {write(one, day)} at last")
    second = dates.take(f"Mae ar {write(other, day)} o'r diwedd")
    assert first[0] == second[0] == (day.isoformat(),)
    assert not any(map(str.isdigit, first[1] + second[1])), "a part is left over"


@calmly
@given(DAYS, DAYS, st.sampled_from(FORMS))
def test_two_days_are_the_same_only_if_they_are(one, other, form):
    same = read(write(form, one)) == read(write("{d} {welsh} {y}", other))
    assert same == (one == other)


@calmly
@given(DAYS)
def test_a_month_and_a_year(day):
    english = read(write("in {english} {y}", day))
    assert english == read(write("ym mis {welsh} {y}", day)) == [f"{day:%Y-%m}"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 May", ["05-03"]),
        ("3ydd o Fai", ["05-03"]),
        ("dydd Mawrth 3 Mai 2011", ["2011-05-03"]),
        ("dydd Mawrth 3ydd Mai", ["05-03"]),
        ("1af o Ragfyr", ["12-01"]),
        ("in September", ["09"]),
        ("ym mis Medi", ["09"]),
        ("you may march", []),
        ("mai dyna", []),
        ("In May 12 people came", []),
        ("3\N{EN DASH}5 May", ["05-05"]),
        ("at 2.30pm", ["14:30"]),
        ("am 2.30yp", ["14:30"]),
        ("14:30", ["14:30"]),
        ("12am", ["00:00"]),
        ("10yb", ["10:00"]),
    ],
)
def test_what_is_read(text, found):
    assert read(text) == found


@pytest.mark.django_db
def test_a_date_that_differs_blocks():
    issue = issues.make("It is on 3 May 2011.", "Mae ar 4 Mai 2011.")
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.level) == ("parity.dates", "block")
    assert "English: 3 May 2011. Only in Welsh: 4 May 2011." in finding.sentence


@pytest.mark.django_db
def test_one_date_written_in_two_languages_is_one():
    issue = issues.make("From 3 May to 5 May 2011.", "O 3 Mai i'r 5ed o Fai 2011.")
    assert issues.found(issue, "parity") == []
