"""The rows of the ledger: whoever has lost a lease can change nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from engagement.people.services import suppressions
from newsletters.models import Delivery
from newsletters.services import deliveries, ledger, sending
from newsletters.services.ledger import Move
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    newsletter = factories.make_newsletter()
    for _ in range(5):
        factories.make_subscription(newsletter=newsletter)
    draft = factories.make_issue(newsletter=newsletter, articles=1)
    return sending.start(by=None, issue=draft)


def state(row):
    return Delivery.objects.get(pk=row.pk).state


def later(**by):
    return time_machine.travel(timezone.now() + timedelta(**by))


def test_a_group_is_told_of_and_the_next_leaves_in_one_go(issue):
    rows = ledger.claim(issue.pk, 4)
    first = ledger.write([], rows[:2], "main")
    moves = [
        Move(first[0], "accepted", "250 2.0.0 taken", 0),
        Move(first[1], "rejected", "550 5.1.1 gone", 0),
    ]
    second = ledger.write(moves, rows[2:], "main")
    assert [row.pk for row in second] == [row.pk for row in rows[2:]]
    found = {d.pk: d for d in issue.deliveries.all()}
    assert found[rows[0].pk].state == "accepted"
    assert found[rows[0].pk].reply == "250 2.0.0 taken"
    assert found[rows[0].pk].account == "main"
    assert found[rows[0].pk].settled_at
    assert found[rows[1].pk].state == "rejected"
    assert {found[row.pk].state for row in rows[2:]} == {"handed_over"}
    assert found[rows[2].pk].settled_at is None


def test_a_lease_that_ran_out_hands_nothing_over(issue):
    rows = ledger.claim(issue.pk, 2)
    with later(minutes=6):
        deliveries.sweep()
        again = ledger.claim(issue.pk, 5)
        assert {row.pk for row in rows} <= {row.pk for row in again}
        assert ledger.write([], rows) == []
        assert len(ledger.write([], again)) == 5


def test_an_answer_that_comes_late_settles_what_was_unknown(issue):
    [row] = ledger.write([], ledger.claim(issue.pk, 1))
    with later(hours=1):
        deliveries.sweep()
        assert state(row) == "unknown"
        ledger.write([Move(row, "accepted", "250 OK", 0)])
        assert state(row) == "accepted"


@pytest.mark.parametrize("told", ["deferred", "pending"])
def test_nothing_late_sends_an_unknown_again(issue, told):
    [row] = ledger.write([], ledger.claim(issue.pk, 1))
    with later(hours=1):
        deliveries.sweep()
        ledger.write([Move(row, told, "", 0, timezone.now())])
        assert state(row) == "unknown"


def test_what_was_settled_stays_so(issue):
    [row] = ledger.write([], ledger.claim(issue.pk, 1))
    ledger.write([Move(row, "accepted", "250 OK", 0)])
    for told in ("rejected", "deferred", "unknown", "pending"):
        ledger.write([Move(row, told, "", 0)])
        assert state(row) == "accepted"


def test_what_never_left_is_no_reason_not_to_take_it_back(issue):
    [row] = ledger.write([], ledger.claim(issue.pk, 1))
    ledger.write([Move(row, "deferred", "", 0, timezone.now(), left=False)])
    assert Delivery.objects.get(pk=row.pk).handed_over_at is None


def test_a_clock_that_is_put_back_keeps_nobody_waiting(issue):
    with later(days=-400):
        assert len(ledger.claim(issue.pk, 10)) == 5


def test_an_address_suppressed_after_scheduling_gets_nothing(issue, smtp):
    never = issue.deliveries.first()
    suppressions.add(by=None, address=never.address.upper(), reason="asked")
    deliveries.send(issue.pk)
    assert never.address not in {mail["To"] for mail in smtp.messages}
    assert len(smtp.messages) == 4
    never.refresh_from_db()
    assert never.state == "suppressed"


def test_the_old_address_of_the_audience_counts_too(issue, smtp):
    """The person has another address by now; the delivery goes to the one it froze."""
    delivery = issue.deliveries.select_related("person").first()
    old = delivery.address
    delivery.person.addresses.all().delete()
    delivery.person.email = "elsewhere@example.org"
    delivery.person.save()
    suppressions.add(by=None, address=old, reason="asked")
    deliveries.send(issue.pk)
    assert old not in {mail["To"] for mail in smtp.messages}


@pytest.mark.services
def test_the_statement_is_planned_once_for_all_groups(issue):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is told a row at a time")
    rows = ledger.claim(issue.pk, 5)
    held = ledger.write([], rows[:1], "main")
    moves = [Move(row, "accepted", "250 OK", 0) for row in held]
    held = ledger.write(moves, rows[1:3], "main")
    moves = [Move(row, "rejected", "550 no", 0) for row in held]
    ledger.write(moves, rows[3:], "main")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%handed_over%"],
        )
        assert cursor.fetchone() == (1,)


def test_one_claim_and_its_moves_cost_few_queries(issue, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        rows = ledger.claim(issue.pk, 5)
    with django_assert_max_num_queries(20):
        ours = ledger.write([], rows)
        ledger.write([Move(row, "accepted", "250 OK", 0) for row in ours])
