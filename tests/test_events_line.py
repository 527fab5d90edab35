"""Whatever happens in whatever order: no place and no quota is exceeded, and nobody later
in line is served before somebody earlier who could have been."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from engagement.core.errors import Refused
from engagement.events.models import Event, Registration
from engagement.events.services import events, quotas, registrations, waiting_list
from tests.support import registering

SECTORS = ("public", "academic", "private")
HELD = ("place", "offered")
numbers = st.integers(0, 30)
few = st.integers(0, 4)


class Line(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.event = registering.published(capacity=2)
        self.number = 0
        self.before = {}

    def rows(self, *states):
        found = self.event.registrations.order_by("pk")
        return list(found.filter(state__in=states) if states else found)

    def pick(self, number, *states):
        rows = self.rows(*states)
        return rows[number % len(rows)] if rows else None

    def some(self, *states):
        return self.event.registrations.filter(state__in=states).exists()

    @rule(sectors=st.lists(st.sampled_from(SECTORS), min_size=1, max_size=4))
    def register(self, sectors):
        for sector in sectors:
            self.number += 1
            registering.register(self.event, self.number, sector=sector)

    @rule(number=numbers)
    def cancel(self, number):
        if one := self.pick(number, *HELD, "waiting"):
            registrations.cancel(by=None, registration=one)

    @precondition(lambda self: self.some("offered"))
    @rule(number=numbers)
    def accept(self, number):
        one = self.pick(number, "offered")
        waiting_list.accept(by=None, registration=one)
        one.refresh_from_db()
        assert one.state == "place"

    @precondition(lambda self: self.some("offered"))
    @rule(number=numbers)
    def lapse(self, number):
        one = self.pick(number, "offered")
        past = timezone.now() - timedelta(seconds=1)
        Registration.objects.filter(pk=one.pk).update(offered_until=past)
        with pytest.raises(waiting_list.OfferOver):
            waiting_list.accept(by=None, registration=one)
        waiting_list.sweep()
        one.refresh_from_db()
        assert one.state == "lapsed"

    @rule(number=numbers)
    def give_place(self, number):
        if one := self.pick(number, "waiting"):
            with pytest.raises(waiting_list.NoRoom):
                waiting_list.give_place(by=None, registration=one)

    @rule(number=numbers, name=st.integers(0, 5))
    def send_a_deputy(self, number, name):
        if one := self.pick(number, "place"):
            registrations.pass_on(
                by=None,
                registration=one,
                name="Deputy",
                email=f"person{name}@example.org",
                language="cy",
            )

    @rule(capacity=few)
    def change_capacity(self, capacity):
        held = len(self.rows(*HELD))
        try:
            events.update(by=None, event=self.event, fields={"capacity": capacity})
        except Refused:
            assert capacity < held

    @rule(sector=st.sampled_from(SECTORS), most=st.none() | few)
    def change_quota(self, sector, most):
        known = dict(self.event.quotas.values_list("sector", "places"))
        held = Counter(one.sector for one in self.rows(*HELD))
        try:
            quotas.set_all(by=None, event=self.event, most=known | {sector: most})
        except quotas.QuotaTooSmall:
            assert most < held[sector]

    @rule(number=numbers)
    def erase(self, number):
        """Without the lock; what came free waits for the sweep."""
        if one := self.pick(number, *HELD, "waiting"):
            rows = Registration.objects.filter(pk=one.pk)
            registrations.give_back(by=None, rows=rows)
            waiting_list.sweep()

    @invariant()
    def all_is_well(self):
        event = Event.objects.get(pk=self.event.pk)
        most = dict(event.quotas.values_list("sector", "places"))
        rows = self.rows()
        held = Counter(one.sector for one in rows if one.state in HELD)
        room = event.capacity is None or held.total() < event.capacity
        assert event.capacity is None or held.total() <= event.capacity
        assert all(held[sector] <= number for sector, number in most.items())
        served = [
            one.pk
            for one in rows
            if one.state in HELD
            and self.before.get(one.pk) not in HELD
            and one.source != "deputy"
            and one.replaces_id is None
        ]
        for one in rows:
            of_sector = held[one.sector] < most.get(one.sector, float("inf"))
            if one.state == "waiting" and of_sector:
                assert not room, "somebody waits for a place that is there"
                assert not [pk for pk in served if pk > one.pk], "overtaken"
        self.before = {one.pk: one.state for one in rows}


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db
def test_the_line_is_fair_and_nothing_is_overbooked():
    calm = settings(max_examples=15, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Line, settings=calm)
