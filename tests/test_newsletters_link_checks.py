"""What other sites answered is kept, told on the page of the checks, and weighed."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from engagement.audit.models import Entry
from engagement.celery import app
from newsletters import tasks
from newsletters.checking import elsewhere
from newsletters.models import Issue, LinkCheck
from newsletters.services import link_checks
from newsletters.services.fetching import Answer
from tests.support import issues

pytestmark = pytest.mark.django_db
PAGE = "https://data.example.org/page"
Reason = LinkCheck.Reason


@pytest.fixture
def issue():
    return issues.make(f"[The data]({PAGE}#part)", f"[Y data]({PAGE})")


def answered(reason, *, days=0, address=PAGE, status=None):
    at = timezone.now() - timedelta(days=days)
    return LinkCheck.objects.create(
        address=address, checked_at=at, status=status, reason=reason
    )


def found(issue):
    return [(one.code, one.level) for one in issues.by(elsewhere.check, issue)]


@pytest.mark.parametrize(
    ("reason", "code", "level"),
    [
        ("gone", "links.broken", "block"),
        ("no_host", "links.broken", "block"),
        ("inside", "links.doubtful", "warn"),
        ("fault", "links.doubtful", "warn"),
        ("silent", "links.doubtful", "warn"),
        ("refused", "links.doubtful", "warn"),
        ("insecure", "links.doubtful", "warn"),
        ("loop", "links.doubtful", "warn"),
    ],
)
def test_what_was_answered_blocks_or_warns(issue, reason, code, level):
    answered(reason)
    assert found(issue) == [(code, level)] * 2


def test_a_link_that_answers_is_fine_for_a_week(issue):
    row = answered(Reason.FINE, days=6)
    assert found(issue) == []
    row.checked_at -= timedelta(days=2)
    row.save()
    assert found(issue) == [("links.unseen", "warn")] * 2


def test_what_nobody_looked_at_warns_and_names_the_addresses(issue):
    [english, _welsh] = issues.by(elsewhere.check, issue)
    assert (english.code, english.level) == ("links.unseen", "warn")
    assert PAGE in english.sentence


def test_only_links_to_other_sites_are_asked_for():
    words = "[a](/en/) [b](mailto:a@example.org) [c](http://10.0.0.1/) [d](#e) "
    words += f"[e](https://data.example.org/{'x' * 2000}) [f]({PAGE}) [g]({PAGE}#g)"
    issue = issues.make(words, "Dim")
    assert elsewhere.addresses(issues.loading.load(issue)) == [PAGE]


class Sites:
    """What the sites of these tests answer, and who was asked."""

    def __init__(self, status=200, reason=Reason.FINE):
        self.answer, self.asked = Answer(status, reason), []

    def __call__(self, address):
        self.asked.append(address)
        return self.answer


def test_each_address_is_asked_once_and_again_later(issue):
    sites = Sites(404, Reason.GONE)
    link_checks.look_at_issue(issue.pk, sites)
    link_checks.look_at_issue(issue.pk, sites)
    assert sites.asked == [PAGE]
    row = LinkCheck.objects.get()
    assert (row.address, row.status, row.reason) == (PAGE, 404, "gone")
    row.checked_at -= link_checks.JUST_NOW
    row.save()
    link_checks.look_at_issue(issue.pk, Sites())
    row.refresh_from_db()
    assert (row.status, row.reason) == (200, "fine")


def test_at_night_issues_at_work_are_looked_at(issue):
    old = answered(Reason.FINE, days=91, address="https://old.example.org/")
    sites = Sites()
    issue.state = Issue.State.FINISHED
    issue.save()
    link_checks.look_at_all(sites)
    assert sites.asked == []
    assert not LinkCheck.objects.filter(pk=old.pk).exists()
    issue.state = Issue.State.DRAFT
    issue.save()
    link_checks.look_at_all(sites)
    assert sites.asked == [PAGE]
    beats = [beat["task"] for beat in app.conf.beat_schedule.values()]
    assert tasks.check_all_links.name in beats


def page(client, issue, lang="en"):
    return client.get(f"/{lang}/newsletters/issues/{issue.pk}/checks/")


def test_the_page_says_what_was_answered_and_when(manager_client, issue):
    assert "not yet" in page(manager_client, issue).text
    answered(Reason.GONE, status=404)
    text = page(manager_client, issue).text
    assert "There is no such page. (404)" in text
    assert str(timezone.localdate().year) in text
    assert "not yet" not in text
    assert "Nid oes tudalen o'r fath. (404)" in page(
        manager_client, issue, "cy"
    ).text.replace("&#x27;", "'")


def test_looking_at_the_page_asks_nobody_and_the_button_asks_a_worker(
    manager, manager_client, issue, django_capture_on_commit_callbacks
):
    page(manager_client, issue)
    assert not Entry.objects.filter(action="issue.links_asked").exists()
    url = f"/en/newsletters/issues/{issue.pk}/checks/links/"
    assert manager_client.get(url).status_code == 405
    with django_capture_on_commit_callbacks() as told:
        answer = manager_client.post(url, follow=True)
    assert len(told) == 1
    assert "The links are being looked at." in answer.text
    entry = Entry.objects.get(action="issue.links_asked")
    assert (entry.actor_id, entry.target_id) == (manager.pk, issue.pk)
    assert not LinkCheck.objects.exists()


def test_the_figure_for_welsh_is_said_to_be_no_judgement(manager_client, issue):
    assert "the figure is shown without a judgement" in page(manager_client, issue).text
    with translation.override("cy"):
        welsh = page(manager_client, issue, "cy").text
    assert "dangosir y ffigur heb farn" in welsh


def test_an_issue_without_such_links_has_no_table(manager_client):
    assert "Links to other sites" not in page(manager_client, issues.make()).text


def test_a_member_asks_for_nothing(member_client, issue):
    url = f"/en/newsletters/issues/{issue.pk}/checks/links/"
    assert member_client.post(url).status_code == 403
