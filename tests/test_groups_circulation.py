"""The papers of a meeting go out by mail, once, with an invitation for calendars."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from engagement.events.models import Invitation, Registration
from engagement.events.services import answers, registrations
from engagement.groups.models import Meeting, Membership
from engagement.groups.services import actions, agenda, circulation, meetings
from engagement.mail.models import Message
from tests.factories import PDF, make_group, make_meeting, make_person, make_seat
from tests.support.calendars import read

pytestmark = pytest.mark.django_db
WORDS = {"title_en": "Gaps", "title_cy": "Bylchau"}


@pytest.fixture
def meeting():
    """With a member who reads Welsh, a deputy, an observer, and one who has left."""
    group = make_group(papers_days=7)
    meeting = make_meeting(group=group, status="planned", days_ahead=20)
    item = agenda.add(by=None, meeting=meeting, fields=WORDS)
    meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en="Reach",
        title_cy="Cyrhaeddiad",
        file=SimpleUploadedFile("x.pdf", PDF),
        language="en",
        item=item,
        purpose="decision",
    )
    seat = make_seat(group=group, member=make_person(language="cy", name="Ann"))
    for role in ("deputy", "observer"):
        Membership.objects.create(
            seat=seat,
            person=make_person(),
            role=role,
            started_on=timezone.localdate() - timedelta(days=1),
        )
    Membership.objects.create(
        seat=seat,
        person=make_person(),
        started_on="2020-01-01",
        ended_on=timezone.localdate(),
    )
    return meeting


def sent(kind="meeting_papers"):
    return Message.objects.filter(kind=kind).order_by("pk")


def test_each_who_sits_gets_one_mail(meeting, deliver_mail):
    assert circulation.circulate(by=None, meeting=meeting) == 3
    mail = deliver_mail()[0]
    assert str(mail["Subject"]).index(meeting.event.title_cy) < str(
        mail["Subject"]
    ).index(meeting.event.title_en)
    text = mail.get_body(("plain",)).get_content()
    assert text.index("Bylchau") < text.index("Gaps")
    paper = meeting.papers.get()
    for found in (f"/cy/groups/papers/{paper.pk}/", f"/en/groups/papers/{paper.pk}/"):
        assert found in text
    _, [entry] = read(Message.objects.first().calendar)
    assert Message.objects.first().calendar_method == "REQUEST"
    assert str(entry["uid"]) == str(meeting.event.uid)
    assert entry["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
    meeting.refresh_from_db()
    assert meeting.circulated_at
    assert meeting.event.status == "published"


def test_an_answer_follows_with_a_higher_sequence(meeting):
    circulation.circulate(by=None, meeting=meeting)
    _, [asked] = read(sent()[0].calendar)
    invitation = Invitation.objects.get(email=sent()[0].to)
    answers.answer(by=None, invitation=invitation, answer="yes")
    _, [told] = read(Message.objects.get(kind="registration_confirmed").calendar)
    assert told["uid"] == asked["uid"]
    assert told["sequence"] > asked["sequence"]


def test_nothing_goes_twice(meeting):
    circulation.circulate(by=None, meeting=meeting)
    with pytest.raises(circulation.SentAlready):
        circulation.circulate(by=None, meeting=meeting)
    assert circulation.circulate_to_new(by=None, meeting=meeting) == 0
    make_seat(group=meeting.group, member=make_person())
    assert circulation.circulate_to_new(by=None, meeting=meeting) == 1
    assert sent().count() == Invitation.objects.count() == 4


def test_the_sweep_waits_for_the_day(meeting):
    with time_machine.travel(meeting.event.starts_at - timedelta(days=8), tick=False):
        assert circulation.sweep() == 0
    with time_machine.travel(meeting.event.starts_at - timedelta(days=7), tick=False):
        assert circulation.sweep() == 3
        assert circulation.sweep() == 0


def test_what_cannot_go_is_kept_back_whole(meeting, manager_client):
    meeting.event.title_cy = ""
    meeting.event.save()
    address = f"/en/groups/meetings/{meeting.pk}/send/"
    page = manager_client.post(address, follow=True).content.decode()
    assert "This is missing: title in Welsh" in page
    meeting.items.all().delete()
    page = manager_client.post(address, follow=True).content.decode()
    assert "Write the agenda before it is sent." in page
    assert not Message.objects.exists()
    assert Meeting.objects.get().circulated_at is None


def test_what_is_owed_is_in_the_mail(meeting):
    past = make_meeting(group=meeting.group, days_ahead=-30)
    actions.add(by=None, meeting=past, text_en="Ask Powys", text_cy="Holi Powys")
    circulation.circulate(by=None, meeting=meeting)
    text = sent()[0].text
    assert text.index("Materion yn codi") < text.index("Holi Powys")
    assert text.index("Holi Powys") < text.index("Matters arising")


def test_a_change_tells_the_calendars_of_those_who_have_not_answered(
    meeting, manager_client
):
    circulation.circulate(by=None, meeting=meeting)
    _, [before] = read(sent()[0].calendar)
    starts = timezone.localtime(meeting.event.starts_at) + timedelta(hours=1)
    fields = {
        "title_en": meeting.event.title_en,
        "title_cy": meeting.event.title_cy,
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
    }
    address = f"/en/groups/meetings/{meeting.pk}/edit/"
    assert manager_client.post(address, fields).status_code == 302
    assert sent("meeting_changed").count() == 3
    _, [now] = read(sent("meeting_changed")[0].calendar)
    assert now["uid"] == before["uid"]
    assert now["sequence"] > before["sequence"]
    assert now.decoded("dtstart") > before.decoded("dtstart")


def test_a_cancelled_meeting_leaves_their_calendars(meeting, manager_client):
    circulation.circulate(by=None, meeting=meeting)
    _, [before] = read(sent()[0].calendar)
    Message.objects.update(state="sent")
    reason = {"reason_en": "Snow", "reason_cy": "Eira"}
    address = f"/en/groups/meetings/{meeting.pk}/cancel/"
    assert manager_client.post(address, reason).status_code == 302
    assert sent("invitation_cancelled").count() == 3
    assert sent("invitation_cancelled")[0].calendar_method == "CANCEL"
    _, [entry] = read(sent("invitation_cancelled")[0].calendar)
    assert entry["uid"] == before["uid"]
    assert entry["sequence"] > before["sequence"]
    assert str(entry["status"]) == "CANCELLED"


def test_one_that_nobody_knows_of_is_cancelled_in_silence(meeting, manager_client):
    reason = {"reason_en": "Snow", "reason_cy": "Eira"}
    manager_client.post(f"/en/groups/meetings/{meeting.pk}/cancel/", reason)
    meeting.event.refresh_from_db()
    assert meeting.event.status == "not_held"
    assert not Message.objects.exists()


def test_nobody_registers_who_was_not_asked(meeting, client):
    circulation.circulate(by=None, meeting=meeting)
    address = meeting.event.get_absolute_url()
    assert f"{address}register/" not in client.get(address).content.decode()
    page = client.post(f"{address}register/", {"name": "X", "email": "x@example.org"})
    assert not Registration.objects.exists()
    assert page.status_code < 500
    with pytest.raises(registrations.EventClosed):
        registrations.register(
            by=None,
            event=meeting.event,
            language="en",
            name="X",
            email="x@example.org",
            organisation="",
            sector="public",
            wants_welsh=False,
        )
