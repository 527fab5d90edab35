"""An issue goes out with a release: at its time, not before, and only if approved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.mail.models import Message
from engagement.outputs import companions
from engagement.outputs.models import Output
from engagement.outputs.services import publishing, release_dates
from newsletters.models import Issue, Link
from newsletters.services import approvals, scheduling, sending, with_release
from tests import factories
from tests.factories.releases import make_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(study):
    release = factories.make_release(study=study, outputs=1, approved=True)
    at = timezone.now() + timedelta(days=1)
    return release_dates.confirm(by=None, release=release, at=at)


@pytest.fixture
def issue(study):
    newsletter = factories.make_newsletter(study=study)
    factories.make_subscription(newsletter=newsletter)
    return factories.make_issue(newsletter=newsletter, articles=1)


def approve(issue):
    approvals.approve(by=factories.make_user(Role.MANAGER), issue=issue)


def path(issue, *parts):
    return f"/en/newsletters/issues/{issue.pk}/" + "".join(f"{p}/" for p in parts)


def test_staff_put_it_with_a_release_and_take_it_away(manager_client, issue, release):
    page = manager_client.get(path(issue, "release")).content.decode()
    assert release.title_en in page
    manager_client.post(path(issue, "release"), {"release": release.pk})
    issue.refresh_from_db()
    assert issue.release == release
    page = manager_client.get(path(issue, "send")).content.decode()
    assert f"/en/outputs/releases/manage/{release.slug}/" in page
    assert "Send it now" not in page
    page = manager_client.get(f"/en/outputs/releases/manage/{release.slug}/")
    assert path(issue, "send") in page.content.decode()
    manager_client.post(path(issue, "release"), {"release": ""})
    issue.refresh_from_db()
    assert issue.release is None
    assert Entry.objects.filter(action="issue.with_release").count() == 2


def test_nobody_sends_it_before(issue, release, manager):
    approve(issue)
    with_release.attach(by=None, issue=issue, release=release)
    with pytest.raises(sending.Embargoed):
        scheduling.send_now(by=manager, issue=issue)
    at = timezone.now() + timedelta(hours=1)
    with pytest.raises(sending.Embargoed):
        scheduling.schedule(by=manager, issue=issue, at=at)
    assert not issue.deliveries.exists()


def test_its_own_time_is_not_kept(issue, release, manager):
    """What was scheduled before it was put with the release."""
    approve(issue)
    at = timezone.now() + timedelta(minutes=5)
    scheduling.schedule(by=manager, issue=issue, at=at)
    with_release.attach(by=None, issue=issue, release=release)
    Issue.objects.update(scheduled_at=timezone.now() - timedelta(minutes=1))
    assert scheduling.start_due() == 0
    with_release.attach(by=None, issue=issue, release=None)
    issue.refresh_from_db()
    assert (issue.state, issue.scheduled_at) == ("draft", None)


@pytest.mark.parametrize("scheduled", [False, True])
def test_goes_once_the_release_is_out(issue, release, manager, scheduled):
    approve(issue)
    if scheduled:
        at = timezone.now() + timedelta(days=3)
        scheduling.schedule(by=manager, issue=issue, at=at)
    with_release.attach(by=None, issue=issue, release=release)
    assert scheduling.start_due() == 0
    make_due(release)
    assert publishing.publish_due() == 1
    assert scheduling.start_due() == 1
    issue.refresh_from_db()
    assert (issue.state, issue.deliveries.count()) == ("sending", 1)
    assert scheduling.start_due() == 0


def test_a_release_wakes_the_worker(
    issue, release, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    queue = companions._sources[0].start.__globals__["queue"]
    monkeypatch.setattr(queue, "tell", lambda task, **kwargs: told.append(task))
    approve(issue)
    with_release.attach(by=None, issue=issue, release=release)
    make_due(release)
    with django_capture_on_commit_callbacks(execute=True):
        publishing.publish_due()
    assert "newsletters.start_due" in told


def test_holds_the_release_where_it_is_not_approved(issue, release):
    with_release.attach(by=None, issue=issue, release=release)
    said = f"{issue.title_en}: It is not approved as it is now."
    assert said in publishing.obstacles(release)
    make_due(release)
    publishing.publish_due()
    release.refresh_from_db()
    assert release.held_reason == "obstacles"
    assert scheduling.start_due() == 0


def test_may_lead_to_what_comes_out_with_it(issue, release):
    output = Output.objects.get()
    article = issue.places.get().article
    Link.objects.create(article=article, output=output)
    [blocked] = [str(one) for one in sending.obstacles(issue)]
    assert output.title_en in blocked
    with_release.attach(by=None, issue=issue, release=release)
    issue.refresh_from_db()
    assert list(sending.obstacles(issue)) == []


def test_does_not_go_long_after_the_release(issue, release, manager):
    """The worker was away: it may have gone already."""
    approve(issue)
    with_release.attach(by=None, issue=issue, release=release)
    make_due(release)
    publishing.publish_due()
    release.refresh_from_db()
    release.published_at -= timedelta(minutes=11)
    release.save()
    assert scheduling.start_due() == 0
    issue.refresh_from_db()
    assert (issue.state, issue.release) == ("draft", None)
    assert Message.objects.filter(kind="issue_not_sent").exists()


def test_a_cancelled_release_lets_nothing_go(issue, release):
    approve(issue)
    with_release.attach(by=None, issue=issue, release=release)
    why = {"reason_en": "No.", "reason_cy": "Na."}
    release_dates.cancel(by=None, release=release, **why)
    assert scheduling.start_due() == 0
    with pytest.raises(sending.Embargoed):
        sending.start(by=None, issue=Issue.objects.get(pk=issue.pk))


def test_what_is_out_is_not_put_together(issue, release, manager_client):
    make_due(release)
    publishing.publish_due()
    release.refresh_from_db()
    with pytest.raises(with_release.TooLate):
        with_release.attach(by=None, issue=issue, release=release)
    answer = manager_client.post(path(issue, "release"), {"release": release.pk})
    assert answer.status_code == 422
    factories.send_out(issue)
    assert manager_client.get(path(issue, "release")).status_code == 302


def test_is_for_staff(client, member_client, issue):
    assert client.get(path(issue, "release")).status_code == 302
    assert member_client.post(path(issue, "release")).status_code == 403
