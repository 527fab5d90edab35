"""Packs on their way: the rows, the page, and who may have the file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from engagement.audit.models import Entry
from engagement.groups import packing
from engagement.groups.models import AgendaItem, Pack, PaperRead
from engagement.groups.services import meetings, pack_files, packs
from engagement.people.models import Person
from tests.conftest import signed_in
from tests.factories import (
    PDF,
    make_group,
    make_meeting,
    make_person,
    make_seat,
    make_user,
)

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 a pack"


@pytest.fixture
def meeting():
    return make_meeting(group=make_group(), title_en="Spring", title_cy="Gwanwyn")


def add(meeting, title="Plan", language="en", name="a.pdf"):
    return meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en=title,
        title_cy=f"{title} (cy)",
        file=SimpleUploadedFile(name, PDF if name.endswith("pdf") else b"a"),
        language=language,
    )


def make_pack(meeting, **fields):
    pack, _new = Pack.objects.update_or_create(
        meeting=meeting,
        language=fields.pop("language", "en"),
        defaults={"asked_at": timezone.now(), "state": "made", "pages": 9} | fields,
    )
    pack.file.save("pack.pdf", ContentFile(CONTENT))
    return pack


def states():
    return dict(Pack.objects.values_list("language", "state"))


def url(meeting, end=""):
    return f"/en/groups/meetings/{meeting.pk}/pack/{end}"


def sit(user, group, **fields):
    person = Person.objects.filter(user=user).first() or make_person(user=user)
    seat = make_seat(group=group, member=person)
    seat.memberships.update(**fields)


# Asking


def test_staff_ask_for_it_in_both_languages(manager_client, meeting):
    assert "No pack has been made" in manager_client.get(url(meeting)).content.decode()
    answer = manager_client.post(url(meeting, "make/"))
    assert answer.url == url(meeting)
    assert states() == {"en": "waiting", "cy": "waiting"}
    assert Entry.objects.get().action == "pack.asked"
    manager_client.post(url(meeting, "make/"))
    assert Pack.objects.count() == 2


def test_looking_makes_nothing(manager_client, meeting):
    manager_client.get(url(meeting))
    manager_client.get(url(meeting, "make/"))
    assert not Pack.objects.exists()


def test_a_new_paper_has_it_made_anew(meeting):
    make_pack(meeting)
    make_pack(meeting, language="cy", state="failed", reason="disk")
    add(meeting)
    assert states() == {"en": "waiting", "cy": "waiting"}
    assert Pack.objects.get(language="cy").reason == ""
    # What was there may be read until the new one is.
    assert Pack.objects.get(language="en").file


# Making


def claimed(meeting):
    packs.renew(meeting)
    return packs._claim(Pack.objects.get(meeting=meeting, language="en").pk)


def keep(pack, folder):
    """As a worker does that has made the file."""
    path = folder / "made.pdf"
    path.write_bytes(CONTENT)
    built = pack_files.Built(path, 3, "a" * 64, [])
    packs._keep(pack, built, packing.fingerprint(pack.meeting))


def files(settings):
    return [one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()]


def test_one_worker_has_it(meeting, tmp_path):
    pack = claimed(meeting)
    assert packs._claim(pack.pk) is None
    packs._heard(pack, 1, 4)
    assert states()["en"] == "making"
    keep(pack, tmp_path)
    pack = Pack.objects.get(pk=pack.pk)
    assert (pack.state, pack.attempts, pack.pages, pack.done) == ("made", 1, 3, 4)
    assert packs._claim(pack.pk) is None


def test_the_file_before_goes_when_the_new_one_is_there(meeting, tmp_path, settings):
    make_pack(meeting)
    pack = claimed(meeting)
    old = pack.file.name
    assert len(files(settings)) == 1
    keep(pack, tmp_path)
    new = Pack.objects.get(language="en")
    assert new.file.name != old
    assert [str(one) for one in files(settings)] == [new.file.path]


def test_what_changes_meanwhile_is_made_again(meeting, tmp_path):
    pack = claimed(meeting)
    made_of = packing.fingerprint(pack.meeting)
    add(meeting)
    path = tmp_path / "made.pdf"
    path.write_bytes(CONTENT)
    packs._keep(pack, pack_files.Built(path, 3, "a" * 64, []), made_of)
    assert states()["en"] == "waiting"
    assert Pack.objects.get(language="en").file
    keep(packs._claim(pack.pk), tmp_path)
    assert states()["en"] == "made"


def test_a_worker_that_lost_it_keeps_nothing(meeting, tmp_path, settings):
    pack = claimed(meeting)
    Pack.objects.filter(pk=pack.pk).update(claimed_at=timezone.now())
    with pytest.raises(packs.Lost):
        packs._heard(pack, 1, 2)
    with pytest.raises(packs.Lost):
        keep(pack, tmp_path)
    packs._fail(pack, "disk")
    pack = Pack.objects.get(pk=pack.pk)
    assert (pack.state, pack.done, pack.file.name) == ("making", 0, "")
    assert not files(settings)


@pytest.mark.slow
def test_a_failure_says_what_can_be_done(manager_client, meeting, settings, tmp_path):
    (tmp_path / "full").write_text("A file where a folder should be.")
    settings.MEDIA_ROOT = tmp_path / "full"
    packs.renew(meeting)
    packs.make(Pack.objects.get(language="en").pk)
    assert states()["en"] == "failed"
    page = manager_client.get(url(meeting)).content.decode()
    assert "The disk may be full." in page
    manager_client.post(url(meeting, "make/"))
    assert states()["en"] == "waiting"


def test_the_sweep_takes_back_what_a_crash_left(meeting):
    now = timezone.now()
    gone = now - packs.SILENT - timedelta(seconds=1)
    make_pack(meeting, state="making", claimed_at=gone, attempts=1)
    make_pack(meeting, language="cy", state="making", claimed_at=now, attempts=1)
    packs.sweep()
    assert states() == {"en": "waiting", "cy": "making"}


def test_the_sweep_gives_up_in_the_end(manager_client, meeting):
    gone = timezone.now() - packs.SILENT - timedelta(seconds=1)
    make_pack(meeting, state="making", claimed_at=gone, attempts=packs.TRIES)
    packs.sweep()
    assert states() == {"en": "failed"}
    assert "stopped three times" in manager_client.get(url(meeting)).content.decode()


def test_the_sweep_finds_what_is_stale(meeting):
    fresh = make_pack(meeting)
    other = make_pack(make_meeting(group=make_group()))
    for pack in (fresh, other):
        Pack.objects.filter(pk=pack.pk).update(made_of=_now(pack.meeting))
    AgendaItem.objects.create(meeting=meeting, title_en="New", title_cy="Newydd")
    packs.sweep()
    assert Pack.objects.get(pk=fresh.pk).state == "waiting"
    assert Pack.objects.get(pk=other.pk).state == "made"


def _now(meeting):
    again = Pack.objects.select_related("meeting__group", "meeting__event")
    return packing.fingerprint(again.get(meeting=meeting).meeting)


def test_moves_are_in_the_table():
    assert Pack.MOVES["making"] >= {"made", "failed", "waiting"}
    assert Pack.MOVES["made"] == Pack.MOVES["failed"] == {"waiting"}


# The page


def test_shows_how_far_it_is_and_loads_itself_again(manager_client, meeting):
    make_pack(meeting, state="making", done=2, of=7)
    page = manager_client.get(url(meeting)).content.decode()
    assert 'value="2" max="7"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Something has changed since" in page
    part = manager_client.get(url(meeting), headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="packs" ')
    make_pack(meeting)
    page = manager_client.get(url(meeting)).content.decode()
    assert "refresh" not in page
    assert "hx-get" not in page
    assert "Pages: 9." in page


def test_speaks_welsh(manager_client, meeting):
    make_pack(meeting)
    with translation.override("cy"):
        page = manager_client.get(f"/cy/groups/meetings/{meeting.pk}/pack/")
    assert "Pecyn papurau" in page.content.decode()


# Who may


def test_is_for_members_in_their_term_and_staff(
    client, member_client, manager_client, steering_member, meeting
):
    make_pack(meeting)
    pages = [url(meeting), url(meeting, "en/")]
    for page in pages:
        assert client.get(page).status_code == 302
        assert member_client.get(page).status_code == 403
        assert manager_client.get(page).status_code == 200
    today = timezone.localdate()
    sit(steering_member, make_group())
    assert member_client.get(pages[1]).status_code == 403
    sit(steering_member, meeting.group, started_on=today - timedelta(days=9))
    for page in pages:
        assert member_client.get(page).status_code == 200
    assert member_client.post(url(meeting, "make/")).status_code == 403
    seats = meeting.group.seats.get()
    seats.memberships.update(ended_on=today)
    for page in pages:
        assert member_client.get(page).status_code == 403


def test_the_file_is_streamed_as_an_attachment(manager_client, meeting, caplog):
    pack = make_pack(meeting)
    answer = manager_client.get(url(meeting, "en/"))
    assert answer.streaming
    assert b"".join(answer.streaming_content) == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert manager_client.get(url(meeting, "cy/")).status_code == 404
    assert manager_client.get(url(meeting, "xx/")).status_code == 404
    Path(pack.file.path).unlink()
    assert manager_client.get(url(meeting, "en/")).status_code == 404


# Reading


def test_opening_the_pack_is_reading_its_papers_in_either_language(meeting):
    english, welsh = add(meeting, "Both"), add(meeting, "Both", "cy")
    other, late = add(meeting, "Sheet", name="a.csv"), add(meeting, "Later")
    make_pack(meeting, holds=[english.pk])
    user = make_user("steering_member")
    sit(user, meeting.group)
    member = signed_in(user)
    member.head(url(meeting, "en/"))
    assert not PaperRead.objects.exists()
    for _time in range(2):
        member.get(url(meeting, "en/"))
    read = set(PaperRead.objects.values_list("paper", flat=True))
    assert read == {english.pk, welsh.pk}
    member.get(f"/en/groups/papers/{other.pk}/")
    read = set(PaperRead.objects.values_list("paper", flat=True))
    assert read == {english.pk, welsh.pk, other.pk}
    assert late.pk not in read


def test_staff_who_look_are_no_readers(manager_client, meeting):
    paper = add(meeting)
    make_pack(meeting, holds=[paper.pk])
    manager_client.get(url(meeting, "en/"))
    manager_client.get(f"/en/groups/papers/{paper.pk}/")
    assert not PaperRead.objects.exists()


def test_queries_of_the_page(manager_client, meeting, django_assert_max_num_queries):
    for lang in ("en", "cy"):
        make_pack(meeting, language=lang)
    for number in range(5):
        add(meeting, f"Paper {number}")
    with django_assert_max_num_queries(6):
        manager_client.get(url(meeting))
