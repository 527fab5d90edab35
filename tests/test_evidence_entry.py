"""The public page of one entry, and money that is never added up."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from engagement.evidence import budgets
from engagement.evidence.models import EvidenceOfUse, OverlapGroup
from tests import factories
from tests.factories import make_finding, make_use

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def page(client, use, lang="en"):
    answer = client.get(f"/{lang}/evidence/entries/{use.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def make_group(**fields):
    names = {"slug": "group", "name_en": "One budget", "name_cy": "Un gyllideb"}
    return OverlapGroup.objects.create(**names | fields)


def test_it_says_what_is_known(client, study):
    use = make_use(
        study,
        sources=["account", "document"],
        function="policy",
        happened_on="2011-05-03",
        happened_precision="day",
        degree="crucial",
        stage="decision",
        budget_gbp=22_000_000,
        budget_period="year",
        budget_basis="reported",
        judged="high",
    )
    use.helped.add(make_finding(study, text_en="A champion."))
    use.hindered.add(make_finding(study, "barrier", text_en="No time."))
    event = factories.make_event(study=study, status="held")
    use.path.create(kind="event", target=event.pk)
    html = page(client, use)
    for said in (
        "3 May 2011",
        "Crucial",
        "£22,000,000",
        "must never be added up",
        "Documented: A document says so.",
        "How sure the report was",
        "A champion.",
        "No time.",
        event.title_en,
        "Policy",
    ):
        assert said in html


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("non_use", "Not used"), ("failed", "Did not reach"), ("misuse", "Misuse")],
)
def test_what_was_not_used_or_misused_is_an_entry_too(client, study, kind, tag):
    use = make_use(
        study,
        kind=kind,
        misuse="aggregated" if kind == "misuse" else "",
        misuse_done_en="We wrote to them.",
        misuse_done_cy="Ysgrifennwyd atynt.",
    )
    html = page(client, use)
    assert tag in html
    assert "We wrote to them." in html
    assert use.get_absolute_url() in client.get("/en/evidence/wimd/").content.decode()


def test_a_draft_of_an_event_in_the_path_is_not_told(client, manager_client, study):
    use = make_use(study)
    draft = factories.make_event(study=study, status="draft", title_en="Secret event")
    use.path.create(kind="event", target=draft.pk)
    assert "Secret event" not in page(client, use)
    assert "Secret event" in page(manager_client, use)


def test_the_body_in_our_records_is_for_staff(client, manager_client, study):
    body = factories.make_organisation(name_en="The Named Council")
    use = make_use(study, organisation=body)
    assert "The Named Council" not in page(client, use)
    shown = manager_client.get(f"/en/evidence/manage/{use.pk}/").content.decode()
    assert "The Named Council" in shown


def test_what_people_type_is_text(client, study):
    use = make_use(study, description_en=SCRIPT, user_en=SCRIPT, beside_en=SCRIPT)
    assert SCRIPT not in page(client, use)


def test_welsh(client, study):
    html = page(client, make_use(study), "cy")
    assert "Dewis ardaloedd 0." in html
    assert "Pa mor sicr ydym ni" in html
    assert "Chose areas" not in html


@pytest.mark.parametrize(
    ("precision", "en", "cy"),
    [
        ("day", "3 May 2011", "3 Mai 2011"),
        ("month", "May 2011", "Mai 2011"),
        ("year", "2011", "2011"),
        ("unknown", "Not known", "Ddim yn hysbys"),
    ],
)
def test_a_day_is_told_no_more_exactly_than_it_is_known(
    client, study, precision, en, cy
):
    on = None if precision == "unknown" else "2011-05-03"
    use = make_use(study, happened_on=on, happened_precision=precision)
    told = re.findall(r"<dt>When</dt><dd>(.*?)</dd>", page(client, use))
    assert told == [en]
    assert f"<dd>{cy}</dd>" in page(client, use, "cy")


def test_of_an_overlap_group_there_is_a_list_and_the_largest(client, study):
    group = make_group()
    make_use(study, overlap=group, budget_gbp=22_000_000)
    make_use(study, overlap=group, budget_gbp=15_000_000)
    use = make_use(study, overlap=group, budget_text_en="All", budget_text_cy="Y cyfan")
    html = client.get("/en/evidence/wimd/").content.decode()
    assert "The largest amount named: £22,000,000" in html
    assert "may speak of the same money" in html
    for sum_ in ("37,000,000", "37000000", "37 million"):
        assert sum_ not in html + page(client, use)
    assert "so that their amounts cannot be added up" in page(client, use)
    [overlap] = budgets.overlaps(EvidenceOfUse.objects.select_related("overlap"))
    assert (len(overlap.uses), overlap.largest) == (3, 22_000_000)


def test_a_group_without_amounts_has_no_largest(client, study):
    make_use(study, overlap=make_group(), budget_text_en="All", budget_text_cy="Oll")
    assert (
        "None of them names an amount."
        in client.get("/en/evidence/wimd/").content.decode()
    )


def test_no_code_adds_amounts_up():
    """Whatever comes later: the column is summed nowhere."""
    root = Path(settings.BASE_DIR)
    adding = re.compile(
        r"""(Sum|Avg)\(\s*["'](\w+__)*budget_gbp|sum\([^)]*budget_gbp"""
    )
    files = [*root.glob("engagement/**/*.py"), *root.glob("newsletters/**/*.py")]
    assert [p.name for p in files if adding.search(p.read_text())] == []
    assert adding.search('Sum("uses__budget_gbp")')


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    use = make_use(study)
    for _ in range(5):
        use.helped.add(make_finding(study))
        use.outputs.add(factories.make_output(published=True, study=study))
        use.path.create(
            kind="event", target=factories.make_event(study=study, status="held").pk
        )
    with django_assert_max_num_queries(10):
        page(client, use)
