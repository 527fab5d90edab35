import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.groups.models import Membership
from tests.factories import make_group, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    return make_seat(group=make_group(), label_en="Police seat")


def fill(client, seat, email, **fields):
    fields = {"role": "member", "nomination": "unknown"} | fields
    url = f"/en/groups/seats/{seat.pk}/fill/"
    return client.post(url, {"email": email} | fields)


def test_fills_a_seat_with_somebody_known(manager_client, manager, seat):
    person = make_person(email="nia@example.org", name="Nia Rhys")
    page = manager_client.get(f"/en/groups/seats/{seat.pk}/fill/").content.decode()
    assert "Police seat" in page
    answer = fill(manager_client, seat, "NIA@example.org")
    assert answer.url == f"/en/groups/{seat.group.slug}/"
    membership = Membership.objects.get()
    assert membership.person == person
    assert membership.started_on == timezone.localdate()
    assert membership.ended_on is None
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("seat.filled", str(manager))
    # The trail outlives an erasure, so no name in it.
    assert "Nia" not in entry.target + str(entry.detail)
    assert "Nia Rhys" in manager_client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("", "Enter the person&#x27;s e-mail address."),
        ("nobody", "Enter an e-mail address like name@example.org."),
        ("stranger@example.org", "Nobody on record has this e-mail address."),
        ("a\x00@example.org", "Leave out characters that cannot be shown."),
        ("<script>@example.org", "Enter an e-mail address like name@example.org."),
    ],
)
def test_bad_addresses_are_named(manager_client, seat, email, error):
    answer = fill(manager_client, seat, email)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert "<script>@" not in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_taken_seat_is_refused(manager_client, seat):
    fill(manager_client, seat, make_person().email)
    answer = fill(manager_client, seat, make_person().email)
    assert answer.status_code == 422
    assert "Somebody sits in this seat already." in answer.content.decode()
    assert Membership.objects.count() == 1


def test_ends_a_membership_once_and_the_seat_is_empty(manager_client, seat):
    fill(manager_client, seat, make_person().email)
    url = f"/en/groups/memberships/{Membership.objects.get().pk}/end/"
    assert manager_client.get(url).status_code == 405
    page = manager_client.post(url, follow=True).content.decode()
    assert "The seat is empty now." in page
    assert ">Empty</span>" in page
    manager_client.post(url)
    assert Membership.objects.get().ended_on == timezone.localdate()
    assert Entry.objects.filter(action="seat.vacated").count() == 1
    fill(manager_client, seat, make_person().email)
    assert Membership.objects.count() == 2


def test_a_seat_of_the_report_is_empty_once_its_person_left(manager_client):
    seat = make_seat(group=make_group(), filled_unnamed=True)
    fill(manager_client, seat, make_person().email)
    manager_client.post(f"/en/groups/memberships/{Membership.objects.get().pk}/end/")
    page = manager_client.get(f"/en/groups/{seat.group.slug}/").content.decode()
    assert "Empty seats: 1 of 1" in page


def test_is_for_staff(client, member_client, steering_member, seat):
    own = make_seat(group=seat.group, member=make_person(user=steering_member))
    end = f"/en/groups/memberships/{own.memberships.get().pk}/end/"
    for url in (f"/en/groups/seats/{seat.pk}/fill/", end):
        assert client.post(url).status_code == 302
        assert member_client.post(url).status_code == 403
    assert Membership.objects.get().ended_on is None


def test_what_does_not_exist_is_not_found(manager_client):
    assert manager_client.get("/en/groups/seats/999/fill/").status_code == 404
    assert manager_client.post("/en/groups/memberships/999/end/").status_code == 404
