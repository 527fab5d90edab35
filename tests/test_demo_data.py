"""The facts of the report, as files of the project's own."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(ROOT.glob("*/**/demo_data/*.json"))
COUNTS = {
    "organisations": 45,
    "studies": 3,
    "milestones": 20,
    "events": 31,
    "groups": 18,
    "outputs": 43,
    "uses": 34,
    "findings": 63,
    "entries": 6,
    "recommendations": 26,
    "figures": 51,
}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_all_kinds():
    assert {path.stem for path in FILES} >= set(COUNTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_record_says_where_it_is_from_or_that_it_is_made_up(path):
    records = read(path)
    assert len(records) == COUNTS.get(path.stem, len(records))
    unsaid = [r for r in records if not (r["source"] or r.get("is_synthetic"))]
    assert unsaid == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_record_is_in_both_languages(path):
    """Titles of outputs are as they were printed; some never had a Welsh one."""
    for record in read(path):
        for name in record:
            if name.endswith("_en") and (path.stem, name) != ("outputs", "title_en"):
                other = record[f"{name[:-3]}_cy"]
                assert bool(record[name]) == bool(other), (record["source"], name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_contact_detail_of_the_report_is_in_it(path):
    text = path.read_text(encoding="utf-8").lower()
    for printed in ("rebecca", "wales.gsi.gov.uk", "cf10", "029 "):
        assert printed not in text
    assert text.count("@") == text.count("@example.org")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_slugs_are_there_once(path):
    slugs = [record["slug"] for record in read(path) if "slug" in record]
    assert len(slugs) == len(set(slugs))


def test_counts_never_exceed_their_base():
    figures = read(ROOT / "engagement/evidence/demo_data/figures.json")
    assert all(0 <= figure["count"] <= figure["base"] for figure in figures)
