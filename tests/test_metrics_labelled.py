"""The rules, held to hits whose class is known (tests/data/hits_labelled.csv)."""

import csv
from pathlib import Path

import pytest

from engagement.metrics.services import tables

TABLE = Path(__file__).parent / "data" / "hits_labelled.csv"


@pytest.fixture(scope="module")
def judged():
    """(label, class, row) of each."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with TABLE.open(encoding="utf-8", newline="") as file:
        found = tables.classify(file)
    assert len(found) == len(rows)
    pairs = zip(rows, found, strict=True)
    return [(row["label"], one.hit_class, row) for row, one in pairs]


def test_there_are_enough_of_each(judged):
    labels = [label for label, _class, _row in judged]
    assert set(labels) == {"person", "machine", "either"}
    assert labels.count("person") + labels.count("machine") >= 300
    assert min(labels.count("person"), labels.count("machine")) > 100


def test_who_is_held_for_a_machine_is_one(judged):
    held = [label for label, hit_class, _row in judged if hit_class == "machine"]
    assert held.count("machine") / len(held) >= 0.99


def test_machines_are_found(judged):
    classes = [hit_class for label, hit_class, _row in judged if label == "machine"]
    assert classes.count("machine") / len(classes) >= 0.95


def test_no_person_is_held_for_a_machine(judged):
    wrong = [
        (row["agent"], row["why"])
        for label, hit_class, row in judged
        if label == "person" and hit_class != "person"
    ]
    assert wrong == []


def test_what_nobody_can_tell_is_neither(judged):
    """It widens the range: not at least, but at most."""
    unsure = {hit_class for label, hit_class, _row in judged if label == "either"}
    assert unsure == {"proxy", "suspect"}


def test_what_is_missed_says_so(judged):
    missed = [
        row["why"]
        for label, hit_class, row in judged
        if label == "machine" and hit_class != "machine"
    ]
    assert sum("cannot see" in why for why in missed) == 3
    assert len(missed) <= 5
