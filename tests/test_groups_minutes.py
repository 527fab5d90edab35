"""Minutes: written in both languages, sent, approved, frozen, noted."""

import pytest
from django.utils import timezone

from engagement.core.states import MoveNotAllowed
from engagement.groups.models import AgendaItem, Meeting, MinutesNote
from engagement.groups.services import minutes
from engagement.mail.models import Message
from tests.factories import make_group, make_meeting, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    group = make_group()
    make_seat(group=group, member=make_person(language="cy"))
    meeting = make_meeting(group=group, published=True, days_ahead=-10)
    for word in ("One", "Two"):
        meeting.items.create(title_en=word, title_cy=f"{word} cy", position=1)
    return meeting


def write(client, item, seen=0, **fields):
    words = {"minutes_en": "We met.", "minutes_cy": "Cyfarfuom."} | fields
    url = f"/en/groups/items/{item.pk}/minutes/"
    return client.post(url, words | {"seen": seen})


def save(item, **fields):
    words = {"minutes_en": "A", "minutes_cy": "B", "redacted": False} | fields
    return minutes.save_item(by=None, item=item, seen=item.version, **words)


def post(client, meeting, page, **fields):
    url = f"/en/groups/meetings/{meeting.pk}/minutes/{page}/"
    answer = client.post(url, fields, follow=True)
    meeting.refresh_from_db()
    return answer.content.decode()


def test_an_item_is_written_in_both_languages(manager_client, meeting):
    item = meeting.items.first()
    assert write(manager_client, item, redacted="on").status_code == 302
    item.refresh_from_db()
    assert (item.minutes_cy, item.version, item.redacted) == ("Cyfarfuom.", 1, True)
    meeting.refresh_from_db()
    assert meeting.minutes == "draft"
    page = manager_client.get(f"/en/groups/meetings/{meeting.pk}/").content.decode()
    assert '<div lang="cy"><p>Cyfarfuom.</p>' in page


def test_a_save_over_anothers_shows_both_and_loses_neither(manager_client, meeting):
    item = meeting.items.first()
    save(item, minutes_en="Ann was there.", minutes_cy="Yr oedd Ann yno.")
    answer = write(manager_client, item, minutes_en="Bob was there.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else has saved this" in page
    assert "<del>" in page
    assert "Ann" in page
    assert "Bob was there.</textarea>" in page
    item.refresh_from_db()
    assert item.minutes_en == "Ann was there."
    # The form has seen theirs by now, so what is sent next is of both.
    assert 'name="seen" value="1"' in page
    both = {"minutes_en": "Ann and Bob were there."}
    assert write(manager_client, item, seen=1, **both).status_code == 302
    item.refresh_from_db()
    assert item.minutes_en == "Ann and Bob were there."


def test_they_are_sent_only_in_both_languages(manager_client, meeting):
    one, two = meeting.items.all()
    save(one)
    save(two, minutes_cy="")
    page = post(manager_client, meeting, "send")
    assert "These items are not in both languages: Two." in page
    assert meeting.minutes == "draft"
    two.refresh_from_db()
    save(two)
    assert "Members who were written to: 1." in post(manager_client, meeting, "send")
    assert meeting.minutes == "circulated"
    mail = Message.objects.get(kind="minutes_sent")
    assert mail.text.index("/cy/groups/") < mail.text.index("/en/groups/")


def test_nothing_written_is_not_sent(meeting):
    item = meeting.items.first()
    save(item, minutes_en="", minutes_cy="")
    with pytest.raises(minutes.NothingWritten):
        minutes.circulate(by=None, meeting=meeting)


def test_members_read_them_once_they_are_sent(member_client, steering_member, meeting):
    member = make_person(user=steering_member)
    make_seat(group=meeting.group, member=member, since=999)
    save(meeting.items.first(), minutes_en="Frank words.")
    url = f"/en/groups/meetings/{meeting.pk}/"
    assert "Frank words." not in member_client.get(url).content.decode()
    minutes.circulate(by=None, meeting=meeting)
    assert "Frank words." in member_client.get(url).content.decode()


def test_sent_minutes_are_taken_back_before_they_change(manager_client, meeting):
    item = save(meeting.items.first())
    minutes.circulate(by=None, meeting=meeting)
    answer = write(manager_client, item, seen=item.version, minutes_en="Other")
    assert answer.status_code == 422
    assert AgendaItem.objects.get(pk=item.pk).minutes_en == "A"
    post(manager_client, meeting, "back")
    assert write(manager_client, item, seen=item.version).status_code == 302


def test_approved_at_a_later_meeting_of_the_group_then_frozen(manager_client, meeting):
    item = save(meeting.items.first())
    minutes.circulate(by=None, meeting=meeting)
    earlier = make_meeting(group=meeting.group, days_ahead=-20)
    elsewhere = make_meeting(group=make_group(), days_ahead=-1)
    coming = make_meeting(group=meeting.group, days_ahead=5)
    for wrong in (earlier, elsewhere, coming, meeting):
        post(manager_client, meeting, "approve", at=wrong.pk)
        assert meeting.minutes == "circulated"
        with pytest.raises(minutes.NotLater):
            minutes.approve(by=None, meeting=meeting, at=wrong, public=False)
    later = make_meeting(group=meeting.group, days_ahead=-1)
    post(manager_client, meeting, "approve", at=later.pk, public="on")
    assert (meeting.minutes, meeting.approved_in) == ("approved", later)
    assert meeting.minutes_public
    assert write(manager_client, item, seen=item.version).status_code == 422
    assert AgendaItem.objects.get(pk=item.pk).minutes_en == "A"
    with pytest.raises(MoveNotAllowed):
        minutes.take_back(by=None, meeting=meeting)


def test_only_a_dated_note_corrects_approved_minutes(manager_client, meeting):
    note = {"text_en": "It was Powys.", "text_cy": "Powys ydoedd."}
    assert "not approved yet" in post(manager_client, meeting, "note", **note)
    assert not MinutesNote.objects.exists()
    Meeting.objects.filter(pk=meeting.pk).update(
        minutes="approved", approved_at=timezone.now()
    )
    post(manager_client, meeting, "note", text_en="Only English", text_cy="")
    assert not MinutesNote.objects.exists()
    page = post(manager_client, meeting, "note", **note)
    assert "It was Powys." in page
    assert MinutesNote.objects.get().at.date() == timezone.now().date()
