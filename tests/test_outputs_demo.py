from pathlib import Path

import pytest

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


def test_editions_of_the_index_follow_each_other(loaded):
    newer = Output.objects.exclude(supersedes=None)
    assert newer.exists()
    for output in newer.select_related("supersedes"):
        assert output.supersedes != output


def test_one_synthetic_output_can_be_downloaded_in_both_languages(loaded, client):
    guide = Output.objects.get(is_synthetic=True)
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
