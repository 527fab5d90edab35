"""The page at the door without a script, and what its script sends and asks for."""

import json
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.events.models import Attendance, CheckIn, Registration
from tests.factories import make_event, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(published=True, starts_at=timezone.now())


@pytest.fixture
def ann(event):
    return make_registration(event=event, name="Siân Ŵyn", organisation="Cyngor Môn")


def url(event, end="", lang="en"):
    return f"/{lang}/events/{event.slug}/door/{end}"


def text(answer):
    return answer.content.decode()


def press(client, event, **buttons):
    key = re.search(r'name="key" value="([^"]+)"', text(client.get(url(event))))[1]
    return client.post(url(event), {"key": key} | buttons, follow=True), key


def send(client, event, *words, query=""):
    return client.post(
        url(event, f"said/{query}"), json.dumps(words), content_type="application/json"
    )


def word(action="in", **about):
    at = timezone.now().isoformat()
    return {"key": str(uuid.uuid4()), "action": action, "at": at} | about


@pytest.mark.parametrize("wanted", ["sian", "ŴYN", "wyn si", "mon", "REF-1"])
def test_finds_by_some_letters_without_accents(manager_client, event, ann, wanted):
    make_registration(event=event, name="Tomos")
    Registration.objects.filter(pk=ann.pk).update(reference="REF-1")
    page = text(manager_client.get(url(event), {"q": wanted}))
    assert "Siân Ŵyn" in page
    assert "Tomos" not in page
    assert "0</strong> / <span data-expected>2<" in page, "all are counted"


def test_a_name_checks_in_and_again_undoes(manager_client, event, ann):
    answer, _key = press(manager_client, event, **{"in": ann.pk})
    assert "Checked in." in text(answer)
    assert 'name="undo"' in text(answer)
    assert "1</strong> / <span data-expected>1<" in text(answer)
    press(manager_client, event, undo=ann.pk)
    assert not Attendance.objects.exists()


def test_somebody_walks_in_once_though_the_form_is_sent_twice(manager_client, event):
    answer, key = press(manager_client, event, name=" Eirlys  Jones", sector="academic")
    again = {"key": key, "name": "Eirlys Jones", "sector": "academic"}
    manager_client.post(url(event), again)
    assert "Checked in." in text(answer)
    assert Registration.objects.get().name == "Eirlys Jones"
    press(manager_client, event, name="", sector="public")
    assert "No name given" in text(manager_client.get(url(event)))


def test_who_cancelled_meanwhile_gets_a_clear_answer(manager_client, event, ann):
    page = text(manager_client.get(url(event)))
    assert f'name="in" value="{ann.pk}"' in page
    Registration.objects.update(state="cancelled", cancelled_at=timezone.now())
    answer, _key = press(manager_client, event, **{"in": ann.pk})
    assert "This registration was cancelled." in text(answer)
    assert f'name="let_in" value="{ann.pk}"' in text(answer)
    answer, _key = press(manager_client, event, let_in=ann.pk)
    assert "Checked in." in text(answer)
    assert Attendance.objects.get().registration == ann


def test_a_stranger_and_nonsense_are_refused(manager_client, event, ann):
    other = make_registration()
    for buttons in ({"in": other.pk}, {"in": "x"}, {"sector": "moon"}, {}):
        answer, _key = press(manager_client, event, **buttons)
        assert "notice-error" in text(answer), buttons
    assert not CheckIn.objects.exists()


def test_from_the_first_hour_of_the_day_on(manager_client, event, ann):
    noon = timezone.localtime(event.starts_at).replace(hour=12)
    with time_machine.travel(noon - timedelta(days=1)):
        page = text(manager_client.get(url(event)))
        assert "from the first hour of the day" in page
        assert "Siân" not in page
        assert "Sign-in sheet" in page
        answer = send(manager_client, event, word(registration=ann.pk))
        assert (answer.status_code, "day of the event" in text(answer)) == (422, True)


def test_nobody_has_registered(manager_client, event):
    page = text(manager_client.get(url(event)))
    assert "Nobody on the list fits." in page
    assert "0</strong> / <span data-expected>0<" in page


def test_the_page_is_not_kept_on_the_way_and_has_only_what_is_needed(
    manager_client, event, ann
):
    answer = manager_client.get(url(event))
    assert "no-store" in answer["Cache-Control"]
    assert ann.email not in text(answer)
    assert "<script>" not in text(answer)
    script = manager_client.get(url(event, "worker.js"))
    assert script["Content-Type"] == "text/javascript"


def test_what_a_device_sends_counts_once(manager_client, event, ann):
    one, walk_in = word(registration=ann.pk), word(name="Eirlys", sector="public")
    for _again in range(2):
        answer = send(manager_client, event, one, walk_in, query=f"?known={ann.pk}")
    new = Registration.objects.get(name="Eirlys")
    told = answer.json()
    assert told["words"] == {one["key"]: ann.pk, walk_in["key"]: new.pk}
    assert told["states"] == {str(ann.pk): "in", str(new.pk): "in"}
    assert [person["name"] for person in told["people"]] == ["Eirlys"]
    assert abs(told["now"] / 1000 - timezone.now().timestamp()) < 60


def test_other_doors_learn_of_it(manager_client, member_client, event, ann):
    send(manager_client, event, word(registration=ann.pk))
    told = manager_client.get(url(event, "news/?known=0")).json()
    assert told["states"] == {str(ann.pk): "in"}
    assert told["people"] == [
        {
            "id": ann.pk,
            "name": "Siân Ŵyn",
            "organisation": "Cyngor Môn",
            "reference": ann.reference,
        }
    ]
    assert member_client.get(url(event, "news/")).status_code == 403


@pytest.mark.parametrize("body", ["", "{}", "[" * 9000, "null", '"a"', "\x00"])
def test_what_is_no_list_of_words_is_refused(manager_client, event, body):
    answer = manager_client.post(
        url(event, "said/"), body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_bad_word_keeps_no_other_from_counting(manager_client, event, ann):
    bad = [
        *(word(registration=ann.pk, at=at) for at in ("x", "0001-01-01T00:00:00Z")),
        *(word(registration=pk) for pk in ("x", 2**70, -1)),
        *(word(name=name, sector="public") for name in ("a" * 201, "a\x00")),
        *(word("dance", registration=ann.pk), 7, {}),
    ]
    good = word(registration=ann.pk)
    answer = send(manager_client, event, *bad, good)
    assert answer.json()["words"] == {good["key"]: ann.pk}
    assert CheckIn.objects.count() == 1


def test_costs_the_same_for_many(manager_client, event, django_assert_max_num_queries):
    for _n in range(20):
        make_registration(event=event)
    with django_assert_max_num_queries(5):
        manager_client.get(url(event))
    with django_assert_max_num_queries(4):
        manager_client.get(url(event, "news/"))


def test_speaks_welsh(manager_client, event, ann):
    page = text(manager_client.get(url(event, lang="cy")))
    assert "Wrth y drws" in page
