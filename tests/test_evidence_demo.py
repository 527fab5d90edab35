"""What the 2011 report says, and what an older database of ours becomes."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from engagement.audit.services import entries
from engagement.evidence import confidence
from engagement.evidence.models import EvidenceOfUse, Finding, Recommendation
from tests.factories import make_finding, make_use

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_all_of_the_report_is_there(client):
    call_command("load_demo", stdout=StringIO())
    report = EvidenceOfUse.objects.filter(is_synthetic=False)
    assert report.filter(kind="use").count() == 34
    assert report.exclude(kind="use").count() == 4
    kinds = {"factor": 20, "barrier": 34, "misuse": 9}
    for kind, number in kinds.items():
        assert Finding.objects.filter(kind=kind).count() == number
    recommendations = Recommendation.objects.all()
    assert recommendations.count() == 26
    assert not recommendations.filter(state_is_synthetic=False).exists()
    assert EvidenceOfUse.objects.public().count() == EvidenceOfUse.objects.count()
    assert not report.filter(source="").exists()
    assert not report.filter(kind="use", judged="").exists()
    for use in EvidenceOfUse.objects.with_everything():
        assert use.sources.all(), use.slug
        kinds = [source.kind for source in use.sources.all()]
        assert use.confidence == confidence.level(kinds), use.slug
    made_up = EvidenceOfUse.objects.get(slug="synthetic-grants")
    assert made_up.commitment
    page = client.get(made_up.get_absolute_url()).content.decode()
    for said in ("Synthetic", "September 2026", "What helped"):
        assert said in page
    page = client.get("/cy/evidence/recommendations/").content.decode()
    assert page.count("Synthetig") >= 26


@pytest.mark.parametrize(
    ("use_type", "stage_en", "found"),
    [
        ("mixed", "Practice", ("instrumental", "conceptual", "practice")),
        ("intended", "Planned", ("", "", "potential")),
        ("potential", "Potential", ("", "", "potential")),
        ("unknown", "Not known", ("", "", "")),
        ("tactical", "Policy statement", ("tactical", "", "decision")),
    ],
)
def test_an_older_entry_becomes_one_of_the_register(study, use_type, stage_en, found):
    old = {"use_type": use_type, "stage_en": stage_en, "judged": "high"}
    use = make_use(study, published=False, sources=[], **old)
    entries.record(by=None, action="evidence.recorded", target=use)
    import_module("engagement.evidence.migrations.0011_fill").fill(apps, None)
    use.refresh_from_db()
    assert (use.use_type, use.also_type, use.stage) == found
    assert (use.consent, use.confidence, use.judged) == ("in_print", "reported", "high")
    assert use.published_at == use.recorded_at
    assert use.sources.get().source == "3.10"


def test_what_nobody_was_asked_about_is_not_published_by_itself(study):
    use = make_use(study, published=False, sources=[], source="")
    import_module("engagement.evidence.migrations.0011_fill").fill(apps, None)
    use.refresh_from_db()
    assert (use.consent, use.published_at) == ("not_asked", None)


def test_where_it_was_not_used_becomes_an_entry(study):
    old = make_finding(study, "non_use", text_en="Nobody knew.", source="3.1")
    import_module("engagement.evidence.migrations.0011_fill").fill(apps, None)
    use = EvidenceOfUse.objects.get()
    assert (use.kind, use.slug, use.description_en) == (
        "non_use",
        old.slug,
        "Nobody knew.",
    )
    assert use.published_at
    assert not Finding.objects.exists()
