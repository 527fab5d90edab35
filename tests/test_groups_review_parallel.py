"""Several workers at once, on PostgreSQL with connections of their own."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.groups.models import Review
from engagement.groups.services import review_clock
from engagement.mail.models import Message
from tests import factories
from tests.support.together import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
STUDIES = 8


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


@pytest.fixture
def studies():
    begun = date(2020, 1, 15)
    return [factories.make_study(starts_on=begun) for _ in range(STUDIES)]


def test_of_several_workers_one_plans_each_review(studies):
    raised = together(*[lambda: review_clock.plan_due(by=None)] * 4)
    assert raised == [None] * 4
    assert Review.objects.count() == STUDIES
    assert Entry.objects.filter(action="review.planned").count() == STUDIES


def test_of_several_workers_one_writes_each_mail(studies, manager):
    due_on = timezone.localdate() + timedelta(days=5)
    for study in studies:
        factories.make_group(study=study, secretary=manager)
        Review.objects.create(study=study, due_on=due_on)
    raised = together(*[lambda: review_clock.announce_due(by=None)] * 4)
    assert raised == [None] * 4
    assert Message.objects.filter(kind="review_due").count() == STUDIES
