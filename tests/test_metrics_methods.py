"""The page of methods, made from the code; metrics of a time, and their breakdowns."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from engagement.metrics import registry
from engagement.metrics.registry import Row
from engagement.people import counting
from tests import factories
from tests.test_evidence_list import make_use

pytestmark = pytest.mark.django_db
URL = "/en/methods/"
MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def reading(study, key, during=None):
    found = {m.key: r for m, r in registry.for_study(study.pk, during)}
    return found[key]


def parts(study, key, kind="sector"):
    metric = next(one for one in registry.every() if one.key == key)
    return metric.by(study.pk, kind)


def test_every_metric_is_on_the_page_with_what_it_is_out_of(client, study):
    html = client.get(URL).content.decode()
    for metric in registry.defined():
        assert f'id="{metric.key}"' in html
        assert metric.unit, metric.key
        assert metric.source, metric.key
    assert "fewer than 5 people" in html
    assert "fewer than 10" in html
    assert "Newcombe" in html


def test_the_page_says_by_what_each_figure_is_known_and_why_not(client):
    html = " ".join(client.get(URL).content.decode().split())
    assert "<li>Function: not known. A delivery keeps the sector" in html
    assert "<li>Language: Each page for itself" in html
    downloads = html[html.index('id="downloads"') :].partition("</section>")[0]
    assert downloads.count(": not known. Anybody may download a file") == 2


def test_the_page_is_in_welsh_and_asks_the_database_nothing(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        html = client.get("/cy/methods/").content.decode()
    assert "Sut mae ffigurau'n cael eu cyfrif" in html.replace("&#x27;", "'")
    with translation.override("en"):
        english = [str(metric.meaning) for metric in registry.every()]
    assert [meaning for meaning in english if meaning in html] == []


def test_each_figure_leads_to_its_definition_and_for_staff_to_its_rows(
    manager_client, member_client, study
):
    page = reverse("studies:metrics", args=[study.slug])
    html = manager_client.get(page).content.decode()
    for metric in registry.every():
        assert f'href="{URL}#{metric.key}"' in html
    assert f'href="{reverse("studies:rows", args=[study.slug, "uses"])}"' in html
    assert "the rows behind it" in html
    assert "the rows behind it" not in member_client.get(page).content.decode()


def test_the_funnel_has_ten_stages_in_order(study):
    keys = [metric.key for metric, _reading in registry.funnel(study.pk)]
    assert keys == [
        *("contactable", "deliveries", "article_readers", "followed", "invited"),
        *("registrations", "attendance", "downloads", "uses", "decisions"),
    ]
    timed = {metric.key for metric, _reading in registry.funnel(study.pk, MARCH)}
    assert set(keys) - timed == {"contactable"}


def test_what_is_not_known_for_a_time_is_not_given_for_one(study):
    metric = next(one for one in registry.every() if one.key == "contactable")
    with pytest.raises(ValueError, match="not known for a time"):
        metric.read(study.pk, MARCH)


def test_whom_the_study_could_reach_are_those_of_the_audience_wanted(study):
    for sector, email in (
        ("local_authority", "a@example.org"),
        ("local_authority", ""),
        ("voluntary", "b@example.org"),
    ):
        person = factories.make_person(email=email)
        person.affiliations.create(stated_sector=sector)
    assert reading(study, "contactable").value == 2
    study.targets.create(
        label_en="Councils", label_cy="Cynghorau", sector="local_authority"
    )
    found = reading(study, "contactable")
    assert (found.value, found.base) == (1, 2)
    assert parts(study, "contactable") == (
        Row("Local authority", 1, "local_authority", base=2),
    )


def test_uses_and_decisions_are_counted_with_their_sectors(study):
    make_use(study, sector="academic", decision_en="So", decision_cy="Felly")
    make_use(study, sector="academic")
    make_use(study)
    found = reading(study, "uses")
    assert (found.value, reading(study, "decisions").value) == (3, 1)
    assert [(row.key, row.value) for row in parts(study, "uses")] == [
        ("academic", 2),
        ("", 1),
    ]
    assert reading(study, "uses", MARCH).value == 0


def test_what_is_of_no_known_kind_is_a_part_of_its_own():
    found = counting.of("language", {"cy": 2, "fr": 1, "": 3})
    assert [(row.key, row.value) for row in found] == [("cy", 2), ("", 4)]


def test_the_command_writes_metrics_of_days_in_both_ways(study):
    make_use(study)
    out = StringIO()
    call_command("metrics", "wimd", "--json", stdout=out)
    found = {one["key"]: one for one in json.loads(out.getvalue())["metrics"]}
    assert (found["uses"]["value"], found["uses"]["base"]) == (1, None)
    assert found["deliveries"]["denominator"].startswith("Everybody in the audience")
    out = StringIO()
    call_command(
        "metrics", "wimd", "--from", "2026-03-01", "--to", "2026-03-31", stdout=out
    )
    assert "uses: 0\n" in out.getvalue()
    assert "contactable" not in out.getvalue()
    for wrong in (["lost"], ["wimd", "--from", "2026-03-01"]):
        with pytest.raises(CommandError) as refused:
            call_command("metrics", *wrong)
        assert refused.value.returncode == 2
