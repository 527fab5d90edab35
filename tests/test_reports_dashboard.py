"""The dashboard of a study: who may see it, for which time, and what it tells."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from engagement.reports import gathering, pages, periods
from engagement.reports.models import Board
from engagement.reports.services import boards
from engagement.studies.models import Milestone
from tests import factories
from tests.support.reported import aim, come, read, sit

pytestmark = pytest.mark.django_db
LIMIT = 95


def page(client, query="", slug="wimd"):
    return client.get(f"/en/reports/{slug}/{query}")


def text(answer):
    return " ".join(answer.content.decode().split())


def document(study, lang="en", key="meeting"):
    with translation.override(lang):
        period = periods.usual(study, key, timezone.now())
        return gathering.document(study, period)


def tables(study, **more):
    return {one.key: one for one in pages.tables(document(study, **more))}


# Who may


def test_for_managers_and_those_who_sit_in_a_group_of_the_study(
    client, manager_client, member_client, steering_member, study
):
    assert page(client).status_code == 302
    assert page(manager_client).status_code == 200
    assert page(member_client).status_code == 403
    sit(steering_member, study)
    other = factories.make_study()
    assert page(member_client).status_code == 200
    assert page(member_client, slug=other.slug).status_code == 403
    index = text(member_client.get("/en/reports/"))
    assert study.title_en in index
    assert other.title_en not in index


def test_a_member_is_shown_no_way_to_the_rows(member_client, steering_member, study):
    sit(steering_member, study)
    come(study, "academic", 6)
    assert "/figures/" not in text(page(member_client))


def test_there_is_no_such_study(manager_client):
    assert page(manager_client, slug="none").status_code == 404


# Which time


def test_begins_with_the_last_meeting_of_the_group(manager_client, study):
    group = factories.make_group(study=study)
    factories.make_meeting(group=group, days_ahead=-30, status="held")
    come(study, "academic", 8, days_ago=40)
    come(study, "voluntary", 9, days_ago=20)
    assert "Since the last meeting of the group" in text(page(manager_client))
    assert [row[0] for row in tables(study)["rows-attendance"].rows] == [
        "Voluntary sector"
    ]
    assert len(tables(study, key="quarter")["rows-attendance"].rows) == 2


def test_any_two_days(manager_client, study):
    come(study, "academic", 8, days_ago=40, title_en="Spring workshop")
    first = timezone.localdate() - timedelta(days=45)
    days = f"?period=days&since={first}&until={first + timedelta(days=10)}"
    assert "Spring workshop" in text(page(manager_client, days))
    days = f"?period=days&since={first}&until={first + timedelta(days=2)}"
    assert "Spring workshop" not in text(page(manager_client, days))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("since=2026-02-30&until=2026-03-01", "since"),
        ("since=2020-03-02&until=2020-03-01", "The last day comes before the first."),
        ("since=2020-03-02", "Enter a day."),
        ("since=2999-01-01&until=2999-01-02", "This day is still to come."),
        ("since=0001-01-01&until=2020-01-01", "Enter a day after 1989."),
    ],
)
def test_wrong_days_are_named(manager_client, study, days, words):
    answer = page(manager_client, f"?period=days&{days}")
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert words in text(answer)


def test_a_study_of_which_nothing_is_known(manager_client, study):
    assert "Nothing is on record of this time." in text(page(manager_client))


# What it tells


def test_says_in_words_what_is_in_its_tables(study):
    come(study, "academic", 30, stayed_away=10, days_ago=10)
    come(study, "academic", 8, stayed_away=32, days_ago=120)
    said = {one["key"]: one["sentences"] for one in document(study)["summary"]}
    assert (
        "Of 40 people who had a place at an event, 30 came (75.0%)." in said["reached"]
    )
    [change] = [one for one in said["changed"] if one.startswith("Came")]
    assert change.startswith(
        "Came: more than in the time before: 20.0% then, 75.0% now, a difference of +55.0"
    )


def test_a_few_people_more_are_no_clear_difference(study):
    come(study, "academic", 15, stayed_away=5, days_ago=10)
    come(study, "academic", 14, stayed_away=6, days_ago=120)
    said = {one["key"]: one["sentences"] for one in document(study)["summary"]}
    assert (
        "Came: no clear difference from the time before (70.0% then, 75.0% now)."
        in said["changed"]
    )


def test_the_map_shows_whom_nobody_reached(manager_client, study):
    come(study, "academic", 12)
    come(study, "academic", 9, function="policy")
    come(study, "voluntary", 3)
    aim(study, "local_authority", function="policy")
    table = tables(study)["map"]
    rows = {row[0]: list(row[1:]) for row in table.rows}
    assert rows["Local authority"] == [0, 0, 0, 0, 0]
    assert rows["Academic"][1] == 9 or rows["Academic"][1] is None
    assert rows["Voluntary sector"][0] is None
    place = list(rows).index("Local authority")
    assert [place, 2] in [list(spot) for spot in table.wanted]
    html = text(page(manager_client))
    assert "Meant to be reached, and nobody was: Local authority, Policy." in html
    assert 'stroke-dasharray="5 3"' in html


def test_early_wins_are_of_the_time_and_name_nobody(manager_client, study):
    today = timezone.localdate()
    for days, title in ((5, "Sent the summary"), (400, "Began")):
        Milestone.objects.create(
            study=study,
            title_en=title,
            title_cy=title,
            status="done",
            done_on=today - timedelta(days=days),
        )
    html = text(page(manager_client))
    assert "Sent the summary" in html
    assert "Began" not in html


def test_every_figure_leads_to_what_it_means_and_staff_to_its_rows(
    manager_client, study
):
    come(study, "academic", 12)
    read(study, *"abcdefg")
    html = text(page(manager_client))
    for key in ("event-attendance", "registrations", "downloads", "article_readers"):
        assert f'href="/en/methods/#{key}"' in html, key
    assert '<a href="/en/studies/wimd/figures/event-attendance/?from=' in html


def test_readers_of_a_day_that_are_few_are_hidden(study):
    read(study, *"abcdefg", days_ago=3)
    read(study, "a", "b", days_ago=4)
    factories.make_group(study=study)
    with translation.override("en"):
        period = periods.days(
            timezone.localdate() - timedelta(days=6), timezone.localdate()
        )
        found = gathering.document(study, period)
    [table] = [t for t in pages.tables(found) if t.key == "readers-over-time"]
    assert [row[1] for row in table.rows] == [0, 0, None, 7, 0, 0, 0]
    assert {"table": "Readers, day by day", "columns": "Readers"}.items() <= next(
        one for one in found["hidden"] if "day by day" in one["table"]
    ).items()


def test_both_languages_have_the_same_numbers(study):
    come(study, "academic", 12)
    come(study, "voluntary", 2)
    data = gathering.documents(study, periods.usual(study, "year", timezone.now()))

    def numbers(lang):
        return [
            [None if c is None else c for c in row[1:] if not isinstance(c, str)]
            for table in pages.tables(data[lang])
            for row in table.rows
        ]

    assert numbers("en") == numbers("cy")
    assert data["cy"]["summary"][0]["title"] == "Beth a gyrhaeddwyd"


# How it is counted


def test_more_data_costs_no_more_queries(
    manager_client, study, django_assert_max_num_queries
):
    for sector in ("academic", "voluntary", "private"):
        come(study, sector, 3)
        aim(study, sector)
    with django_assert_max_num_queries(LIMIT):
        page(manager_client)


def test_a_large_study_is_counted_ahead_and_says_when(
    manager_client, study, django_assert_max_num_queries
):
    come(study, "academic", 12, title_en="Known")
    boards.count(study, "meeting")
    Board.objects.update(seconds=0)
    come(study, "academic", 12, title_en="Since then")
    assert "Since then" in text(page(manager_client))
    # As though it had taken long.
    at = (timezone.now() - timedelta(hours=1)).replace(microsecond=0)
    board = Board.objects.get()
    for lang in ("en", "cy"):
        board.data[lang]["cut_off"] = at.isoformat()
    board.seconds = 9
    board.save()
    with django_assert_max_num_queries(9):
        html = text(page(manager_client))
    assert "Since then" not in html
    assert f"Counted on {timezone.localtime(at):%-d %B %Y, %H:%M}" in html


def test_what_is_not_counted_ahead_is_kept_where_it_took_long(
    manager_client, study, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(boards, "QUICK", -1)
    come(study, "academic", 12)
    for queries in (LIMIT, 10):
        with django_assert_max_num_queries(queries):
            assert "Attendance by sector" in text(page(manager_client))


def test_what_took_long_is_not_counted_again_at_once(study):
    at = timezone.now() - timedelta(minutes=10)
    for key, seconds in (("meeting", 0.1), ("quarter", 60), ("year", 60)):
        Board.objects.create(
            study=study, period=key, data={}, counted_at=at, seconds=seconds
        )
    boards.count_all()
    fresh = Board.objects.filter(counted_at__gt=at)
    assert [board.period for board in fresh] == ["meeting"]
    assert set(fresh.get().data) == {"en", "cy"}
