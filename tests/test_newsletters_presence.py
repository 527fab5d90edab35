"""Two editors see each other as soon as both have the form open."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from newsletters.models import Unsaved
from newsletters.services import presence, saving
from tests import factories
from tests.conftest import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_clock")]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SAYS = "Siân Ŵyn opened this at 09:30 and has it open still."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def issue():
    return factories.make_issue(articles=1)


@pytest.fixture
def article(issue):
    return issue.places.get().article


@pytest.fixture
def sian():
    return factories.make_user(Role.MANAGER, name="Siân Ŵyn")


def form(issue, article):
    return f"/en/newsletters/issues/{issue.pk}/articles/{article.pk}/"


def beat(client, article, **fields):
    fields = {"seen": saving.version(article)} | fields
    answer = client.post(f"/en/newsletters/unsaved/article/{article.pk}/open/", fields)
    assert answer.status_code == 200
    return answer.json()["others"]


def test_the_other_sees_it_and_nobody_sees_themselves(
    manager_client, issue, article, sian
):
    assert beat(signed_in(sian), article) == []
    assert beat(manager_client, article) == [SAYS]
    assert SAYS in manager_client.get(form(issue, article)).content.decode()
    assert SAYS not in signed_in(sian).get(form(issue, article)).content.decode()
    assert not Unsaved.objects.exists()
    assert not Entry.objects.exists()


def test_it_says_since_when_and_is_gone_after_some_minutes(
    manager_client, article, sian, clock
):
    theirs = signed_in(sian)
    for _time in range(5):
        beat(theirs, article)
        clock.shift(timedelta(seconds=60))
    assert beat(manager_client, article) == [SAYS]
    clock.shift(timedelta(minutes=3))
    assert beat(manager_client, article) == []


def test_looking_tells_nobody(manager_client, issue, article, sian):
    signed_in(sian).get(form(issue, article))
    signed_in(sian).get(f"/en/newsletters/unsaved/article/{article.pk}/open/")
    assert beat(manager_client, article) == []


def test_who_writes_is_named_once(manager_client, article, sian):
    beat(signed_in(sian), article)
    factories.make_unsaved(
        user=sian, target_id=article.pk, seen=saving.version(article)
    )
    (said,) = beat(manager_client, article)
    assert "is writing here too" in said


def test_it_is_of_that_form_alone(manager_client, issue, article, sian):
    presence.tell(user=sian, kind="issue", pk=article.pk)
    presence.tell(user=sian, kind="article", pk=article.pk + 1)
    assert beat(manager_client, article) == []


def test_that_somebody_saved_meanwhile_is_said_without_a_word_typed(
    manager_client, article
):
    (said,) = beat(manager_client, article, seen="older")
    assert "saved at" in said


def test_nothing_kept_is_touched(manager, manager_client, article):
    factories.make_unsaved(user=manager, target_id=article.pk, seen="x")
    beat(manager_client, article)
    assert Unsaved.objects.get().fields == {"title_en": "Draft"}


def test_an_emptied_cache_is_filled_again(manager_client, article, sian):
    beat(signed_in(sian), article)
    cache.clear()
    assert beat(manager_client, article) == []
    beat(signed_in(sian), article)
    assert beat(manager_client, article) == [SAYS]


@pytest.mark.parametrize("end", ["nothing/1", "article/999999"])
def test_of_what_is_not_there(manager_client, end):
    answer = manager_client.post(f"/en/newsletters/unsaved/{end}/open/")
    assert answer.status_code == 404


def test_only_for_managers(client, member_client, article):
    address = f"/en/newsletters/unsaved/article/{article.pk}/open/"
    assert client.post(address).status_code == 302
    assert member_client.post(address).status_code == 403
