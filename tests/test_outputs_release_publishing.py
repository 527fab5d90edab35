"""A release comes out by itself: all of it, or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.core.states import MoveNotAllowed
from engagement.outputs import companions
from engagement.outputs.models import Edition, Output, Release
from engagement.outputs.services import publishing, release_dates, releases
from engagement.outputs.tasks import publish_due
from tests.factories import make_output, make_release, make_user
from tests.factories.releases import approve, make_due, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(study):
    return make_release(study=study, outputs=2, approved=True)


def out():
    return Edition.objects.exclude(published_at=None).count()


def held(release):
    release.refresh_from_db()
    return release.held_reason


def test_comes_out_at_its_time_and_not_before(study):
    """09:30 in Wales on the day after the clocks went forward is 08:30 UTC."""
    with time_machine.travel(datetime(2027, 3, 27, 12, tzinfo=UTC), tick=False) as now:
        release = make_release(study=study, outputs=2, approved=True)
        day = datetime(2027, 3, 28, 9, 30, tzinfo=release_dates.CLOCK)
        release_dates.confirm(by=None, release=release, at=day)
        now.move_to(datetime(2027, 3, 28, 8, 29, 59, tzinfo=UTC))
        assert publishing.publish_due() == 0
        assert out() == 0
        now.move_to(datetime(2027, 3, 28, 8, 30, tzinfo=UTC))
        assert publishing.publish_due() == 1
        assert publishing.publish_due() == 0
    release.refresh_from_db()
    assert (release.state, out()) == ("published", 2)
    moments = Output.objects.values_list("status", "published_at")
    assert set(moments) == {("published", release.published_at)}
    assert Entry.objects.filter(action="release.published").count() == 1


def test_the_clock_calls_the_task(release):
    make_due(release)
    publish_due()
    release.refresh_from_db()
    assert release.is_out


def test_companions_start_once_it_is_committed(
    release, monkeypatch, django_capture_on_commit_callbacks
):
    seen = []
    source = companions.Source(
        lambda _: [], lambda one: seen.append(Release.objects.get(pk=one.pk).state)
    )
    monkeypatch.setattr(companions, "_sources", [source])
    make_due(release)
    with django_capture_on_commit_callbacks() as callbacks:
        publishing.publish_due()
    assert seen == []
    for callback in callbacks:
        callback()
    assert seen == ["published"]


def test_is_held_where_it_is_not_approved(study, deliver_mail):
    make_user(Role.MANAGER)
    release = make_due(make_release(study=study, outputs=1))
    assert publishing.publish_due() == 0
    assert (held(release), out()) == ("approval", 0)
    [mail] = deliver_mail()
    assert mail["Subject"].startswith("A release did not come out / ")
    text = mail.get_body(("plain",)).get_content()
    assert "It is not approved as it is now." in text
    assert f"/en/outputs/releases/manage/{release.slug}/" in text
    publishing.publish_due()
    assert deliver_mail() == []


def test_an_edit_after_the_approval_holds_it(release):
    output = Output.objects.first()
    output.summary_cy = "Arall."
    output.save()
    make_due(release)
    publishing.publish_due()
    assert (held(release), out()) == ("approval", 0)


def test_nothing_of_it_is_out_where_a_file_is_lost(release):
    edition = Edition.objects.last()
    file = edition.files.first()
    file.upload.storage.delete(file.upload.name)
    make_due(release)
    publishing.publish_due()
    assert (held(release), out()) == ("obstacles", 0)
    said = f"{edition.output.title_en}: The file report.pdf is not on the disk"
    assert any(line.startswith(said) for line in publishing.obstacles(release))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title_cy": ""}, "This is missing: title in Welsh."),
        ({"summary_cy": ""}, "This is missing: summary in Welsh."),
    ],
)
def test_one_language_alone_does_not_come_out(study, fields, reason):
    release = make_release(study=study)
    output = make_output(status="draft", study=study, title_en="Ours", **fields)
    put_in(release, output)
    approve(release)
    assert publishing.obstacles(release) == [f"Ours: {reason}"]
    make_due(release)
    publishing.publish_due()
    assert held(release) == "obstacles"


def test_a_file_and_news_in_each_language(study):
    release = make_release(study=study, news_cy="")
    edition = put_in(release, make_output(status="draft", study=study, title_en="Ours"))
    edition.files.filter(language="cy").delete()
    assert publishing.obstacles(release) == [
        "There is no news item in Welsh.",
        "Ours: There is no file in Welsh.",
    ]
    edition.files.update(language="both")
    assert publishing.obstacles(release) == ["There is no news item in Welsh."]


def test_an_empty_release_does_not_come_out(study):
    release = make_release(study=study)
    assert publishing.obstacles(release) == ["Nothing goes out with this release yet."]


@pytest.mark.parametrize(("minutes", "late"), [(59, False), (60, True), (9000, True)])
def test_one_that_is_seen_too_late_is_asked_about(release, minutes, late):
    """After a restore it may have come out already."""
    make_due(release, minutes=minutes)
    assert publishing.publish_due() == (not late)
    assert held(release) == ("late" if late else "")


def test_what_goes_wrong_half_way_undoes_all(release, monkeypatch, caplog):
    """The second edition is refused by the database."""
    real = publishing.editions.publish

    def second_fails(**kwargs):
        if Edition.objects.exclude(published_at=None).exists():
            raise ValueError("made up")
        return real(**kwargs)

    monkeypatch.setattr(publishing.editions, "publish", second_fails)
    make_due(release)
    publishing.publish_due()
    assert (held(release), out()) == ("failed", 0)
    assert set(Output.objects.values_list("status", flat=True)) == {"draft"}
    assert "did not come out" in caplog.text


def test_a_held_one_comes_out_by_hand(release, manager_client, client):
    make_due(release, hours=5)
    publishing.publish_due()
    url = f"/en/outputs/releases/manage/{release.slug}/"
    page = manager_client.get(url).content.decode()
    assert "Its time had passed by more than an hour" in page
    confirm = f"{url}publish/"
    assert confirm in page
    assert "This cannot be undone." in manager_client.get(confirm).content.decode()
    assert out() == 0
    answer = manager_client.post(confirm)
    assert answer.url == release.get_absolute_url()
    assert (held(release), release.state, out()) == ("", "published", 2)
    assert "News" in client.get(release.get_absolute_url()).content.decode()


def test_another_time_takes_it_out_of_holding(release):
    make_due(release, hours=5)
    publishing.publish_due()
    at = timezone.now() + timedelta(days=1)
    why = {"reason_en": "The site was off.", "reason_cy": "Roedd y safle i lawr."}
    release_dates.confirm(by=None, release=release, at=at, **why)
    assert held(release) == ""


def test_nobody_publishes_before_the_announced_time(release, manager):
    at = timezone.now() + timedelta(days=1)
    release_dates.confirm(by=None, release=release, at=at)
    with pytest.raises(publishing.NotYet):
        publishing.publish_now(by=manager, release=release)
    month = make_release(study=release.study, outputs=1, approved=True)
    release_dates.plan(by=None, release=month, month=timezone.localdate())
    with pytest.raises(MoveNotAllowed):
        publishing.publish_now(by=manager, release=month)
    assert out() == 0


def test_nobody_publishes_alone(study, manager):
    release = make_release(study=study, outputs=1)
    with pytest.raises(publishing.NotApproved):
        publishing.publish_now(by=manager, release=release)
    approve(release)
    publishing.publish_now(by=manager, release=release)
    release.refresh_from_db()
    assert release.changes.get().new == release.publish_at == release.published_at
    with pytest.raises(MoveNotAllowed):
        publishing.publish_now(by=manager, release=release)


def test_what_is_out_is_not_changed(release, manager):
    publishing.publish_now(by=manager, release=release)
    with pytest.raises(releases.Out):
        releases.remove_edition(by=None, item=release.items.first())
    with pytest.raises(releases.Out):
        releases.update(by=None, release=release, fields={"title_en": "Other"})


def test_a_new_edition_of_what_is_public(study, manager, client):
    output = make_output(published=True, with_file=True, study=study)
    first = output.editions.get()
    release = make_release(study=study)
    new = Edition.objects.create(output=output, number=2)
    for language in ("en", "cy"):
        new.files.create(
            language=language,
            upload=first.files.get().upload.name,
            name=f"second-{language}.pdf",
            content_type="application/pdf",
            size=first.files.get().size,
            sha256="1" * 64,
        )
    releases.add_edition(by=None, release=release, edition=new)
    output.refresh_from_db()
    assert output.status == "published"
    assert "second-en" not in client.get(output.get_absolute_url()).content.decode()
    approve(release)
    publishing.publish_now(by=manager, release=release)
    assert "second-en" in client.get(output.get_absolute_url()).content.decode()
    first.refresh_from_db()
    assert first.published_at < Edition.objects.get(number=2).published_at
