"""Who wrote any of a release does not approve it, and an approval is for it as it is."""

import pytest

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.outputs.models import File, Output, Release
from engagement.outputs.services import (
    files,
    outputs,
    release_approvals,
    release_dates,
    release_words,
    releases,
)
from tests.conftest import signed_in
from tests.factories import make_output, make_release, make_user
from tests.factories.releases import approve, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(study, manager):
    """Written by `manager`."""
    fields = {"study": study, "title_en": "Index", "title_cy": "Mynegai"}
    fields |= {"news_en": "It is out.", "news_cy": "Mae allan."}
    release = releases.create(by=manager, fields=fields)
    put_in(release, make_output(status="draft", study=study, title_en="The table"))
    return release


@pytest.fixture
def approver(db):
    return make_user(Role.MANAGER, name="Bryn")


def path(release, *parts):
    return f"/en/outputs/releases/manage/{release.slug}/" + "".join(
        f"{part}/" for part in parts
    )


def test_the_writer_is_not_offered_the_button(release, manager_client, approver):
    page = manager_client.get(path(release, "approve")).content.decode()
    assert "You wrote some of this release" in page
    assert 'name="seen"' not in page
    page = signed_in(approver).get(path(release, "approve")).content.decode()
    assert 'name="seen"' in page


def test_who_wrote_an_output_of_it_does_not_approve_it(release, approver):
    output = Output.objects.get()
    outputs.update(by=approver, output=output, fields={"title_cy": "Y tabl"})
    with pytest.raises(release_approvals.OwnWork):
        approve(release, by=approver)


def test_who_only_announced_it_may(release, approver):
    month = release_dates.localdate()
    release_dates.plan(by=approver, release=release, month=month)
    approve(release, by=approver)
    release.refresh_from_db()
    assert release_approvals.holds(release)


def test_who_asked_does_not_approve_it(study, approver):
    """Even of a release that others wrote."""
    make_user(Role.MANAGER)
    release = make_release(study=study, outputs=1)
    release_approvals.submit(by=approver, release=release)
    with pytest.raises(release_approvals.OwnWork):
        approve(release, by=approver)


def test_asks_everybody_who_could(release, manager_client, approver, deliver_mail):
    answer = manager_client.post(path(release, "ask"), follow=True)
    assert "People: 1." in answer.content.decode()
    [mail] = deliver_mail()
    assert mail["To"] == approver.email
    text = mail.get_body(("plain",)).get_content()
    assert path(release, "approve") in text
    assert "Mynegai" in text
    assert "Index" in text


def test_there_has_to_be_somebody_else(release, manager_client):
    page = manager_client.post(path(release, "ask"), follow=True).content.decode()
    assert "There is nobody else who could approve it." in page


def test_nothing_is_not_approved(study, approver, manager):
    release = make_release(study=study)
    with pytest.raises(release_approvals.NothingInIt):
        approve(release, by=approver)
    with pytest.raises(release_approvals.NothingInIt):
        release_approvals.submit(by=manager, release=release)


def test_approves_what_was_read_and_nothing_that_came_after(release, approver):
    client = signed_in(approver)
    seen = release_words.digest(release_words.snapshot(release))
    Release.objects.filter(pk=release.pk).update(news_en="Something else.")
    page = client.post(path(release, "approve"), {"seen": seen}, follow=True)
    assert "The release has changed since you read it." in page.content.decode()
    seen = page.context["form"]["seen"].value()
    page = client.post(path(release, "approve"), {"seen": seen}, follow=True)
    assert "You have approved the release." in page.content.decode()
    release.refresh_from_db()
    assert (release.approved_by, release.approved_digest) == (approver, seen)
    assert Entry.objects.filter(action="release.approved").get().actor == "Bryn"


def change_file(release, output):
    File.objects.filter(language="en").update(sha256="1" * 64)


@pytest.mark.parametrize(
    "change",
    [
        lambda release, _: Release.objects.update(title_cy="Arall"),
        lambda release, _: Release.objects.update(news_en="Other"),
        lambda _, output: output.editions.update(note_cy="Newydd"),
        lambda _, output: Output.objects.update(summary_en="Other"),
        lambda _, output: Output.objects.update(misuse_en="Never add them."),
        lambda release, _: releases.remove_edition(by=None, item=release.items.first()),
        change_file,
        lambda _, output: files.remove(by=None, file=File.objects.first()),
    ],
)
def test_any_edit_after_it_voids_it(release, approver, change):
    approve(release, by=approver)
    release.refresh_from_db()
    assert release_approvals.holds(release)
    change(release, Output.objects.get())
    release.refresh_from_db()
    assert not release_approvals.holds(release)


def test_another_date_does_not(release, approver):
    approve(release, by=approver)
    release_dates.plan(by=None, release=release, month=release_dates.localdate())
    release.refresh_from_db()
    assert release_approvals.holds(release)


def test_the_difference_is_shown(release, approver, manager_client):
    approve(release, by=approver)
    change_file(release, None)
    Output.objects.update(summary_cy="Yn hir.")
    page = manager_client.get(path(release)).content.decode()
    assert "Changed since it was approved" in page
    page = manager_client.get(path(release, "approve")).content.decode()
    assert "<del>fyr.</del><ins>hir.</ins>" in page
    assert "<del>000000000000</del><ins>111111111111</ins>" in page


def test_only_staff(release, client, member_client):
    for part in ("approve", "ask"):
        assert client.post(path(release, part)).status_code == 302
        assert member_client.post(path(release, part)).status_code == 403
