"""Pages and exports, attacked by somebody who puts together all that they print."""

import re
from contextlib import contextmanager
from functools import partial
from html import unescape

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.events.models import Feedback
from engagement.groups.models import Meeting
from engagement.metrics import disclosure
from engagement.metrics.tables import Dimension, Table
from engagement.people.models import Function, Sector
from tests import factories
from tests.support import attacks, gatherings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECTORS = ["local_authority", "voluntary", "private", "academic"]
FUNCTIONS = ["research", "policy", "operational"]
USEFUL = {str(one.label): one.value for one in Feedback.Useful}
LABELS = {str(one.label): one.value for one in Sector}

# Many noughts, many small ones.
count = st.one_of(st.just(0), st.integers(1, 6), st.integers(0, 30))
kind = st.tuples(
    st.sampled_from(SECTORS), st.sampled_from(FUNCTIONS), st.sampled_from([1, 1, 0])
)
guests = st.dictionaries(kind, count, max_size=9)
answers = st.fixed_dictionaries(dict.fromkeys(USEFUL.values(), count))
many = partial(
    settings,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone():
    """Each example begins with what the test began with. What took long is kept by the
    key of a study, which SQLite gives again."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def printed(text):
    """A number; None where it is hidden."""
    return None if text == "hidden" else int(text.replace(",", ""))


# The dashboard of a study and its export


def add(found, key, number):
    found[key] = found.get(key, 0) + number


def truth_of_events(events):
    """All counts of attendance, and the sums that everybody knows."""
    counts, sums = {("came", ""): 0, ("placed", ""): 0, ("away", ""): 0}, []
    for number, event in enumerate(events):
        names = {name: (name, f"E{number}") for name in ("came", "placed", "away")}
        counts |= dict.fromkeys(names.values(), 0)
        for (sector, _function, came), people in event.items():
            where = "came" if came else "away"
            for name in (where, "placed"):
                add(counts, names[name], people)
                add(counts, (name, ""), people)
            if came and people:
                add(counts, ("sector", sector), people)
        sums.append((names["placed"], [names["came"], names["away"]]))
    sums.append((("placed", ""), [("came", ""), ("away", "")]))
    sectors = [name for name in counts if name[0] == "sector"]
    sums.append((("came", ""), sectors))
    sums += [
        ((name, ""), [(name, f"E{n}") for n in range(len(events))])
        for name in ("came", "placed", "away")
    ]
    return counts, sums


def printed_of_events(tables):
    """What the export says of attendance, wherever it says it: always the same."""
    found = {}

    def say(name, cell):
        assert found.setdefault(name, cell) == cell, name

    for title, _day, placed, came in tables["events-held"]["rows"]:
        say(("placed", title), placed)
        say(("came", title), came)
    for key, place in (("events", 3), ("funnel", 3), ("compared", 2)):
        for row in tables[key]["rows"]:
            if row[0] == "Came":
                say(("came", ""), row[1])
                say(("placed", ""), row[place])
    for label, came in tables.get("rows-attendance", {"rows": []})["rows"]:
        say(("sector", LABELS[label]), came)
    return found


def posts(events):
    found = {}
    for event in events:
        for (sector, function, came), people in event.items():
            if came and people:
                add(found, (sector, function), people)
    return found


def fails_to_tell_the_map(table, counts):
    """The map is a part of the protected table, of which nothing can be told."""
    functions = {str(one.label): one.value for one in Function}
    columns = [functions[column["title"]] for column in table["columns"][1:]]
    rows = {LABELS[row[0]]: row[1:] for row in table["rows"]}
    dims = [
        Dimension(key, "", dict.fromkeys(values, ""))
        for key, values in (("sector", rows), ("function", columns))
    ]
    told = disclosure.protect(Table(tuple(dims), counts), fewest=5)
    for sector, cells in rows.items():
        for function, cell in zip(columns, cells, strict=True):
            assert cell == told.shown[sector, function]
    for place, (_least, most) in attacks.ranges(told).items():
        if counts.get(place, 0) in range(1, 5):
            assert most >= 5 - 1e-6, (place, most)


@given(events=st.lists(guests, min_size=1, max_size=4))
@many(max_examples=15)
def test_the_dashboard_of_a_study_and_its_export(manager_client, events):
    with undone():
        study = factories.make_study()
        for number, event in enumerate(events):
            gatherings.hold(
                study=study, guests=event, posts=True, title_en=f"E{number}"
            )
        address = f"/en/reports/{study.slug}/"
        page = manager_client.get(f"{address}?period=year").content.decode()
        kept = manager_client.get(f"{address}export/json/?period=year").json()
    every = [table for part in kept["parts"] for table in part["tables"]]
    hidden = sum(row.count(None) for table in every for row in table["rows"])
    assert page.count("is-hidden") == hidden
    tables = {table["key"]: table for table in every}
    counts, sums = truth_of_events(events)
    attacks.fails(printed_of_events(tables), sums, counts, 5)
    fails_to_tell_the_map(tables["map"], posts(events))


# The summary of an event, its page, and the page of the group that it is a meeting of


def rows(page):
    found = re.findall(
        r'<th scope="row">([^<]*)</th><td class="number">(.*?)</td>', page
    )
    return {unescape(label): printed(text) for label, text in found}


def said_of(event, group, client):
    """All that is printed of it, on whichever page: always the same."""
    summary = client.get(f"/en/events/{event.slug}/summary/").content.decode()
    own = client.get(event.get_absolute_url()).content.decode()
    of_group = client.get(group.get_absolute_url()).content.decode()
    found = {LABELS.get(k, USEFUL.get(k)): n for k, n in rows(summary).items()}
    came = re.findall(r"People who came: ([\d,]+|hidden)\.", summary)
    came += re.findall(r"How many people came</dt>\s*<dd>([\d,]+|hidden)", own)
    came += re.findall(r'<td class="number">([\d,]+|hidden)</td>', of_group)
    if came:
        [found["came"]] = {printed(text) for text in came}
    if answered := re.search(r"Answers: ([\d,]+|hidden)\.", summary):
        found["answers"] = printed(answered[1])
    return found


def truth_of_summary(event, said):
    counts = {"came": 0}
    for (sector, _function, came), people in event.items():
        if came and people:
            add(counts, "came", people)
            add(counts, sector, people)
    sums = [("came", [one for one in counts if one != "came"])]
    left = counts["came"]
    for one, number in said.items():
        counts[one] = min(number, left)
        left -= counts[one]
    counts |= {"answers": counts["came"] - left, "silent": left}
    sums += [("answers", [*said]), ("came", ["answers", "silent"])]
    return counts, sums


@given(event=guests, said=answers)
@many(max_examples=40)
def test_the_summary_of_an_event_and_the_page_of_its_group(client, event, said):
    with undone():
        group = factories.make_group()
        held = gatherings.hold(
            guests=event,
            answers=said,
            kind="meeting",
            said_en="A",
            said_cy="B",
            summary_published_at=timezone.now(),
        )
        Meeting.objects.create(group=group, event=held)
        found = said_of(held, group, client)
    counts, sums = truth_of_summary(event, said)
    attacks.fails(found, sums, counts, 10)


@given(came=st.lists(count, min_size=1, max_size=5), before=st.lists(count, max_size=3))
@many(max_examples=15)
def test_the_meetings_of_a_group(client, came, before):
    with undone():
        group = factories.make_group()
        for number in came:
            held = gatherings.hold(guests={("academic", "", 1): number}, kind="meeting")
            Meeting.objects.create(group=group, event=held)
        for number in before:
            factories.make_meeting(
                group=group, status="held", days_ahead=-99, attended_reported=number
            )
        page = client.get(group.get_absolute_url()).content.decode()
    shown = re.findall(r'<td class="number">(.*?)</td>', page)
    wanted = ["hidden" if n < 10 else str(n) for n in (*came, *before) if n]
    assert sorted(text for text in shown if text != "\N{EN DASH}") == sorted(wanted)
