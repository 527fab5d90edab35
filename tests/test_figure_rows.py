"""The page of the rows behind a figure, and its file."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.events.models import Registration
from tests import factories
from tests.support.reported import come, read

pytestmark = pytest.mark.django_db
LIMIT = 12


def page(client, key="attendance", query="", slug="wimd", status=200):
    answer = client.get(f"/en/studies/{slug}/figures/{key}/{query}")
    assert answer.status_code == status, answer.content.decode()[:400]
    return " ".join(answer.content.decode().split())


def file(client, key="attendance", query=""):
    answer = client.get(f"/en/studies/wimd/figures/{key}/rows.csv{query}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def days(first, last):
    today = timezone.localdate()
    first, last = today - timedelta(days=first), today - timedelta(days=last)
    return f"?from={first}&to={last}"


def test_for_managers_alone(client, member_client, manager_client, study):
    for address in ("", "rows.csv"):
        url = f"/en/studies/wimd/figures/attendance/{address}"
        assert client.get(url).status_code == 302
        assert member_client.get(url).status_code == 403
        assert manager_client.get(url).status_code == 200
        assert manager_client.post(url).status_code == 405


def test_there_is_no_such_study_figure_or_list(manager_client, study):
    page(manager_client, slug="none", status=404)
    page(manager_client, "none", status=404)
    page(manager_client, "awareness", status=404)


def test_says_what_is_counted_how_many_and_who(manager_client, study):
    event = come(study, "academic", 2, stayed_away=1)
    html = page(manager_client)
    assert "Registrations whose holder was marked as having come" in html
    assert "66.7% of a base of 3" in html
    assert 'href="/en/methods/#attendance"' in html
    assert "Rows: 2<" in html
    names = list(event.registrations.values_list("name", "pk", "attendance"))
    for name, pk, came in names:
        assert (f'"/en/events/registrations/{pk}/"><bdi>{name}<' in html) == bool(came)


def test_nothing_counted(manager_client, study):
    assert "Nothing was counted." in page(manager_client)
    assert file(manager_client) == [
        ["Name", "Organisation", "Sector", "Event", "Registered"]
    ]


def test_of_days_and_of_moments(manager_client, study):
    come(study, "academic", 6, days_ago=10)
    come(study, "academic", 7, days_ago=20)
    assert "Rows: 6<" in page(manager_client, query=days(10, 9))
    assert "Rows: 13<" in page(manager_client, query=days(20, 10))
    event = study.events.order_by("starts_at").first()
    start, end = event.starts_at, event.starts_at + timedelta(seconds=1)
    moments = f"?from={start:%Y-%m-%dT%H:%M:%S}Z&to={end:%Y-%m-%dT%H:%M:%S}Z"
    assert "Rows: 7<" in page(manager_client, query=moments)
    assert "As it is now." in page(manager_client, "contactable", days(20, 10))


@pytest.mark.parametrize(
    "query",
    [
        "?from=2026-01-01",
        "?to=2026-01-01",
        "?from=x&to=2026-01-01",
        "?from=2026-02-30&to=2026-03-01",
        "?from=2026-01-02&to=2026-01-01",
        "?from=2026-01-01T10:00&to=2026-01-02",
        "?from=0001-01-01&to=9999-12-31",
    ],
)
def test_a_time_that_is_none(manager_client, study, query):
    html = page(manager_client, query=query, status=422)
    assert 'role="alert"' in html
    url = f"/en/studies/wimd/figures/attendance/rows.csv{query}"
    assert manager_client.get(url).status_code == 422


def test_pages_of_fifty(manager_client, study):
    come(study, "academic", 51)
    first = page(manager_client)
    assert "Rows: 51<" in first
    assert first.count('scope="row"') == 50
    assert page(manager_client, query="?page=2").count('scope="row"') == 1


def test_a_file_has_all_rows_and_leaves_a_trace(manager_client, manager, study):
    event = come(study, "academic", 51)
    Registration.objects.filter(event=event).update(name="=1+1")
    lines = file(manager_client, query=days(11, 9))
    assert len(lines) == 52
    assert lines[1][0] == "'=1+1"
    entry = Entry.objects.get(action="figure.exported")
    assert (entry.actor_id, entry.target_id) == (manager.pk, study.pk)
    assert entry.detail["figure"] == "attendance"
    assert {"since", "until"} < set(entry.detail)


def test_reading_leads_to_days_and_what_was_read_on_them(manager_client, study):
    issue = factories.make_issue(
        newsletter=factories.make_newsletter(study=study), articles=1, state="finished"
    )
    article = issue.places.get().article
    for days_ago, clients in ((3, "abcdefg"), (4, "abcdefgh"), (5, "ab")):
        at = timezone.now() - timedelta(days=days_ago)
        for client in clients:
            factories.make_hit("article", article.pk, study, client=client, at=at)
    factories.count_hits()
    html = page(manager_client, "article_readers")
    assert "at least 17, at most 17" in html
    assert html.count(f'<a href="/en/readership/article/{article.pk}/?first=') == 3
    assert article.title_en in html
    lines = file(manager_client, "article_readers")
    assert [line[1] for line in lines[1:]].count("hidden") == 2
    assert "7" not in [line[1] for line in lines[1:]]


def test_no_hit_and_no_reader_of_a_mail_is_to_be_found(manager_client, study):
    """The mode is `unlinkable`: neither a moment nor a number of anybody's."""
    at = timezone.now() - timedelta(days=3)
    for n, client in enumerate("abcdef"):
        hit = {"client": client, "letter": 77770 + n, "at": at}
        factories.make_hit("article", 1, study, **hit)
    factories.count_hits()
    moments = f"?from={at:%Y-%m-%dT%H:%M:%S}Z&to={at:%Y-%m-%dT%H:%M:%S}.999999Z"
    for query in ("", moments):
        html = page(manager_client, "followed", query)
        assert "at least 6, at most 6" in html
        assert "7777" not in html
        assert f"{at:%H:%M}" not in html.partition("<table")[2]
    few = timezone.now() - timedelta(days=9)
    factories.make_hit("article", 1, study, client="z", letter=9, at=few)
    factories.count_hits()
    html = page(manager_client, "followed", days(9, 9))
    assert '<p class="stat-value">hidden</p>' in html
    assert [line[1] for line in file(manager_client, "followed", days(9, 9))[1:]] == [
        "hidden"
    ]


def test_what_people_type_is_text(manager_client, study):
    event = come(study, "academic", 1)
    Registration.objects.filter(event=event).update(name="<script>x")
    assert "<script>x" not in page(manager_client)


def test_made_up_rows_say_so(manager_client, study):
    event = come(study, "academic", 1)
    assert "Synthetic" not in page(manager_client)
    type(event).objects.update(is_synthetic=True)
    assert "Synthetic" in page(manager_client)


def test_a_few_questions_however_many_rows(
    manager_client, study, django_assert_max_num_queries
):
    come(study, "academic", 40)
    read(study, *"abcdefg")
    factories.count_hits()
    for key in ("attendance", "invited", "deliveries", "uses", "article_readers"):
        with django_assert_max_num_queries(LIMIT):
            page(manager_client, key)


def test_welsh(manager_client, study):
    come(study, "academic", 2)
    html = manager_client.get("/cy/studies/wimd/figures/attendance/").content.decode()
    assert study.title_cy in html
    assert "Rhesi: 2<" in html
    assert "Sut mae'n cael ei gyfrif<" in html
