from collections import Counter
from pathlib import Path

import pytest

from engagement.core import bilingual
from engagement.outputs import demo as outputs
from engagement.outputs.models import Edition, File, Output
from engagement.people import demo as people
from engagement.studies import demo as studies

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def loaded():
    people.load()
    studies.load()
    outputs.load()


def test_the_outputs_of_the_report_have_no_files_of_ours(loaded):
    report = Output.objects.filter(is_synthetic=False)
    assert report.count() == 43
    assert not report.filter(source="").exists()
    assert not File.objects.filter(edition__output__in=report).exists()
    assert set(report.values_list("status", flat=True)) == {
        "published",
        "planned",
        "proposed",
    }


def test_what_is_published_has_an_edition_and_kinds_are_those_of_the_report(loaded):
    assert not Output.objects.published().filter(editions=None).exists()
    coming = Edition.objects.filter(published_at=None)
    assert not Edition.objects.exclude(output__status="published").difference(coming)
    kinds = Output.objects.values_list("kind", flat=True)
    assert Counter(kinds)["interim"] == 2
    assert Counter(kinds)["case_study"] == 10


def test_the_index_says_how_to_use_it_in_both_languages_and_that_we_wrote_it(
    loaded, client
):
    for lang, said in (("en", "Do not compare ranks"), ("cy", "Peidiwch â chymharu")):
        page = client.get(f"/{lang}/outputs/wimd-2008/").content.decode()
        assert said in page
        assert "synthet" in page
        assert ("the rank" if lang == "en" else "safle") in page
    pairs = ("plain", "use", "misuse")
    for output in Output.objects.all():
        assert not bilingual.missing(output, *pairs), output
        for name in pairs:
            text = getattr(output, f"{name}_en")
            assert not text or "(synthetic)" in text, output


def test_editions_of_the_index_follow_each_other(loaded):
    newer = Output.objects.exclude(supersedes=None)
    assert newer.exists()
    for output in newer.select_related("supersedes"):
        assert output.supersedes != output


def test_one_synthetic_output_can_be_downloaded_in_both_languages(loaded, client):
    guide = Output.objects.get(slug="reading-ranks-synthetic")
    assert guide.study.slug == "wimd"
    found = File.objects.filter(edition__output=guide)
    assert {file.language for file in found} == {"en", "cy"}
    for file in found:
        answer = client.get(f"/en/outputs/files/{file.pk}/")
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "tag-synthetic" in page


def test_twice_is_as_once(loaded, settings):
    def state():
        rows = [model.objects.count() for model in (Output, Edition, File)]
        return rows, sorted(map(str, Path(settings.MEDIA_ROOT).rglob("*.pdf")))

    before = state()
    outputs.load()
    assert state() == before
