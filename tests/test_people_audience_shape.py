"""A rule that is wrong says where, and is changed a step at a time."""

import pytest
from django.utils import translation

from engagement.people.models import Audience, Person
from engagement.people.rule import conditions, editing, shape, words
from engagement.people.services import audiences
from tests import factories

SECTOR = {"kind": "sector", "sectors": ["academic"]}
WELSH = {"kind": "language", "languages": ["cy"]}
ANY = {"any": [SECTOR, {"not": WELSH}]}


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ([], "The rule is broken. This is not a condition."),
        ({"or": []}, "The rule is broken. This is not a condition."),
        ({"all": {}}, "The rule is broken. This is not a condition."),
        ({"all": [], "any": []}, "The rule is broken. This is not a condition."),
        ({"all": [{}]}, "Condition 1 is broken. This is not a condition."),
        ({"all": [SECTOR, {"any": [7]}]}, "Condition 2.1 is broken. This is not"),
        ({"all": [{"not": "x"}]}, "Condition 1 is broken. This is not a condition."),
        ({"all": [{"kind": "age"}]}, "Dolen does not know this kind of condition."),
        ({"all": [{"kind": ["a"]}]}, "Dolen does not know this kind of condition."),
        (
            {"any": [SECTOR, {"kind": "sector"}]},
            "Condition 2 is broken. Choose at least one.",
        ),
        (
            {"all": [{"kind": "sector", "sectors": "academic"}]},
            "Condition 1 is broken. Enter a list of values.",
        ),
        (
            {"all": [{"kind": "sector", "sectors": ["army"]}]},
            "Condition 1 is broken. Select a valid choice.",
        ),
        (
            {"all": [SECTOR | {"colour": "red"}]},
            "Condition 1 is broken. It has values nobody asked for: colour.",
        ),
        (
            {"all": [{"kind": "not_asked", "days": 0}]},
            "Condition 1 is broken. Enter a number of days from 1 to 3650.",
        ),
        ({"all": [SECTOR] * 60}, "A rule has at most 60 parts."),
    ],
)
def test_the_place_is_named(rule, error):
    with pytest.raises(shape.BrokenRule, match=error.replace(".", r"\.")):
        shape.check(rule)


def test_nesting_has_an_end():
    rule = SECTOR
    for _depth in range(8):
        rule = {"not": rule}
    shape.check(rule)
    with pytest.raises(shape.BrokenRule, match="Groups are nested too deeply"):
        shape.check({"not": rule})
    for _depth in range(5000):
        rule = {"all": [rule]}
    with pytest.raises(shape.BrokenRule, match="Groups are nested too deeply"):
        shape.check(rule)


def test_what_was_saved_before_may_name_what_is_gone():
    gone = {"kind": "sector", "sectors": ["army"]}
    with pytest.raises(shape.BrokenRule):
        shape.check({"all": [gone]})
    shape.check({"all": [gone]}, known=[gone])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rule", [{}, {"all": []}, {"any": []}, {"not": {"all": []}}, {"all": [{"any": []}]}]
)
def test_a_rule_that_says_nothing_has_nobody_in_it(rule):
    factories.make_person()
    assert not audiences.people_in(Audience(rule=rule)).exists()


@pytest.mark.django_db
def test_an_empty_group_changes_nothing():
    person = factories.make_person(language="cy")
    factories.make_person()
    for rule in ({"all": [WELSH, {"any": []}]}, {"any": [WELSH, {"not": {"all": []}}]}):
        assert audiences.people_in(Audience(rule=rule)).get() == person


@pytest.mark.django_db
def test_those_merged_into_somebody_are_never_in():
    kept = factories.make_person()
    factories.make_person(merged_into=kept)
    rule = {"not": WELSH}
    assert audiences.people_in(Audience(rule=rule)).get() == kept
    assert Person.objects.filter(conditions.of(rule)).count() == 2


def test_sentences():
    outline = words.outline({"all": [{"not": ANY}, {"not": {"not": SECTOR}}]})
    group, twice = outline.lines
    assert (outline.words, group.words) == ("All of these", "None of these")
    assert [line.words for line in group.lines] == [
        "Sector is Academic",
        "Order of languages is not Welsh first",
    ]
    assert [line.place for line in group.lines] == ["1.1", "1.2"]
    assert (twice.words, twice.negated) == ("Sector is Academic", False)
    three = {"kind": "sector", "sectors": ["unknown", "private", "elected"]}
    with translation.override("en"):
        said = words.outline({"all": [three]}).lines[0].words
    assert said == "Sector is Private sector, Elected member or Not stated"


def test_steps():
    rule = {"all": [SECTOR]}
    assert editing.added({}, "", SECTOR) == rule
    assert editing.added({"not": SECTOR}, "", WELSH) == {
        "all": [{"not": SECTOR}, WELSH]
    }
    assert rule == {"all": [SECTOR]}, "the old one is as it was"
    both = editing.added(rule, "", {"any": []})
    inner = editing.added(both, "2", WELSH)
    assert inner == {"all": [SECTOR, {"any": [WELSH]}]}
    turned = editing.turned(editing.turned(inner, "2.1"), "2")
    assert turned == {"all": [SECTOR, {"not": {"any": [{"not": WELSH}]}}]}
    assert editing.turned(turned, "2")["all"][1] == {"any": [{"not": WELSH}]}
    assert editing.leaf_at(turned, "2.1") == WELSH
    changed = editing.replaced(turned, "2.1", SECTOR)
    assert changed["all"][1] == {"not": {"any": [{"not": SECTOR}]}}
    assert editing.matched(changed, "2", "all")["all"][1] == {
        "not": {"all": [{"not": SECTOR}]}
    }
    assert editing.matched(rule, "", "any") == {"any": [SECTOR]}
    assert editing.removed(changed, "2.1")["all"][1] == {"not": {"any": []}}
    assert editing.removed(rule, "1") == {"all": []}


@pytest.mark.parametrize("place", ["0", "2", "-1", "x", "1.1", "1.", "²", "9" * 50])
def test_a_place_that_is_not_there(place):
    rule = {"all": [SECTOR]}
    for step in (
        lambda: editing.removed(rule, place),
        lambda: editing.turned(rule, place),
        lambda: editing.leaf_at(rule, place),
        lambda: editing.replaced(rule, place, WELSH),
        lambda: editing.added(rule, place, WELSH),
        lambda: editing.matched(rule, place, "any"),
    ):
        with pytest.raises(editing.NoSuchPlace):
            step()
    assert not editing.is_group(rule, place)


@pytest.mark.parametrize("place", ["", "1"])
def test_what_can_be_done_to_one_kind_of_part_alone(place):
    rule = {"all": [SECTOR]}
    if place:
        assert not editing.is_group(rule, place)
    else:
        assert editing.is_group(rule, place)
        with pytest.raises(editing.NoSuchPlace):
            editing.turned(rule, place)
        with pytest.raises(editing.NoSuchPlace):
            editing.removed(rule, place)
