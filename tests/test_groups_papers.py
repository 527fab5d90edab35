from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from engagement.audit.models import Entry
from engagement.groups.models import Paper
from engagement.groups.services import meetings
from tests.factories import PDF, make_group, make_meeting, make_person, make_seat

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def meeting():
    return make_meeting(group=make_group())


@pytest.fixture
def paper(meeting):
    return meetings.add_paper(
        by=None,
        meeting=meeting,
        title_en="Next steps",
        title_cy="Camau nesaf",
        file=SimpleUploadedFile("x.pdf", PDF),
        language="en",
    )


def form(**fields):
    upload = SimpleUploadedFile(fields.pop("name", "a.pdf"), fields.pop("content", PDF))
    texts = {"title_en": "Agenda", "title_cy": "Rhaglen", "language": "cy"}
    return texts | {"file": upload} | fields


def kept(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_a_member_gets_the_file_as_an_attachment(member_client, steering_member, paper):
    person = make_person(user=steering_member)
    make_seat(group=paper.meeting.group, member=person)
    page = member_client.get(f"/en/groups/{paper.meeting.group.slug}/").content.decode()
    assert f"/en/groups/papers/{paper.pk}/" in page
    answer = member_client.get(f"/en/groups/papers/{paper.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="next-steps.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_is_not_for_others(client, member_client, steering_member, paper):
    url = f"/en/groups/papers/{paper.pk}/"
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url == f"/en/account/sign-in/?next={url}"
    assert member_client.get(url).status_code == 403
    make_seat(group=make_group(), member=make_person(user=steering_member))
    assert member_client.get(url).status_code == 403
    for reader in (client, member_client):
        page = reader.get(f"/en/groups/{paper.meeting.group.slug}/").content.decode()
        assert "Next steps" not in page
        assert url not in page


def test_whoever_left_the_group_reads_no_more(member_client, steering_member, paper):
    person = make_person(user=steering_member)
    seat = make_seat(group=paper.meeting.group, member=person)
    url = f"/en/groups/papers/{paper.pk}/"
    assert member_client.get(url).status_code == 200
    seat.memberships.update(started_on="2025-01-31", ended_on="2026-01-31")
    assert member_client.get(url).status_code == 403


def test_staff_read_all(manager_client, paper):
    assert manager_client.get(f"/en/groups/papers/{paper.pk}/").status_code == 200


def test_unknown_or_lost_is_not_found(manager_client, paper, caplog):
    assert manager_client.get("/en/groups/papers/999999/").status_code == 404
    Path(paper.file.path).unlink()
    assert manager_client.get(f"/en/groups/papers/{paper.pk}/").status_code == 404
    assert "is not on the disk" in caplog.text
    assert manager_client.post(f"/en/groups/papers/{paper.pk}/").status_code == 405


def test_staff_add_a_paper(manager_client, manager, meeting):
    url = f"/en/groups/meetings/{meeting.pk}/paper/"
    assert manager_client.get(url).status_code == 200
    answer = manager_client.post(url, form(name="../€ŵ.PDF"))
    assert answer.url == f"/en/groups/meetings/{meeting.pk}/"
    paper = Paper.objects.get()
    assert Path(paper.file.path).name == "rhaglen.pdf"
    assert paper.file.read() == PDF
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("paper.added", str(manager))


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title_en": ""}, "Write this in English and in Welsh."),
        ({"title_cy": " "}, "Write this in English and in Welsh."),
        ({"title_cy": "A\x00"}, "Leave out characters that cannot be shown."),
        ({"language": ""}, "Choose a language."),
        ({"language": "xx"}, "xx"),
        ({"file": ""}, "Choose a file."),
        ({"content": b""}, "The file is empty."),
        ({"name": "a.exe"}, "The file must be one of: pdf"),
        ({"name": "pdf"}, "The file must be one of: pdf"),
        ({"content": b"MZ\x90"}, "The file is not what its name says."),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(
    manager_client, meeting, settings, fields, error
):
    url = f"/en/groups/meetings/{meeting.pk}/paper/"
    answer = manager_client.post(url, form(**fields))
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Paper.objects.exists()
    assert not kept(settings.MEDIA_ROOT)


@pytest.mark.slow
def test_thirty_megabytes_are_refused(manager_client, meeting, settings):
    url = f"/en/groups/meetings/{meeting.pk}/paper/"
    answer = manager_client.post(url, form(content=PDF + b"0" * 30 * 1024 * 1024))
    assert answer.status_code == 422
    assert "The file must be smaller than 20 MB." in answer.content.decode()
    assert not kept(settings.MEDIA_ROOT)


def test_the_file_goes_when_the_row_cannot_be_written(meeting, settings):
    upload = SimpleUploadedFile("x.pdf", PDF)
    texts = {"title_en": "A", "title_cy": "B", "language": None}
    with pytest.raises(IntegrityError, match="language"):
        meetings.add_paper(by=None, meeting=meeting, file=upload, **texts)
    assert not kept(settings.MEDIA_ROOT)
    assert not Paper.objects.exists()


def test_adding_is_for_staff(client, member_client, steering_member, meeting):
    url = f"/en/groups/meetings/{meeting.pk}/paper/"
    make_seat(group=meeting.group, member=make_person(user=steering_member))
    for method in ("get", "post"):
        assert getattr(client, method)(url).status_code == 302
        assert getattr(member_client, method)(url).status_code == 403
    assert not Paper.objects.exists()


def test_an_unknown_meeting_is_not_found(manager_client):
    assert manager_client.get("/en/groups/meetings/999/paper/").status_code == 404
    assert manager_client.post("/en/groups/meetings/999/paper/").status_code == 404


def test_a_script_in_the_title_is_shown_as_text(manager_client, meeting):
    manager_client.post(
        f"/en/groups/meetings/{meeting.pk}/paper/",
        form(title_en=SCRIPT, title_cy=SCRIPT),
    )
    page = manager_client.get(f"/en/groups/{meeting.group.slug}/").content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    answer = manager_client.get(f"/en/groups/papers/{Paper.objects.get().pk}/")
    assert "<" not in answer["Content-Disposition"]
