"""253 synthetic contacts, in the proportions of those who answered the survey."""

from collections import Counter
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command

from engagement.people import demo
from engagement.people.models import Affiliation, Organisation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GONE = "@undeliverable.example.org"


@pytest.fixture
def loaded():
    demo.load()


def test_253_contacts_of_whom_29_cannot_be_reached(loaded):
    people = Person.objects.all()
    assert people.count() == 253
    assert people.filter(email__endswith=GONE).count() == 29
    assert people.filter(email__endswith="@example.org").count() == 224
    assert people.filter(is_synthetic=True, name__contains="(synthetic)").count() == 253
    assert not people.filter(source="").exists()


def test_the_undeliverable_are_spread_evenly(loaded):
    at = [
        n
        for n, email in enumerate(
            Person.objects.order_by("email").values_list("email", flat=True)
        )
        if email.endswith(GONE)
    ]
    steps = {after - before for before, after in pairwise(at)}
    assert steps <= {8, 9}


def test_sectors_and_functions_are_those_of_the_survey(loaded):
    posts = Affiliation.objects.all()
    assert Counter(posts.values_list("stated_sector", flat=True)) == {
        "local_authority": 86,
        "welsh_government": 49,
        "voluntary": 25,
        "private": 19,
        "": 74,
    }
    assert Counter(posts.values_list("function", flat=True)) == {
        "research": 111,
        "operational": 43,
        "strategic": 49,
        "policy": 25,
        "other": 25,
    }
    assert not posts.filter(organisation__isnull=False).exists()


def test_every_sector_has_every_function(loaded):
    pairs = Counter(Affiliation.objects.values_list("stated_sector", "function"))
    assert len(pairs) == 25
    research = pairs["local_authority", "research"] / 86
    assert research == pytest.approx(111 / 253, abs=0.06)


def test_every_fourth_is_written_to_in_welsh_first(loaded):
    assert Person.objects.filter(language="cy").count() == 63


def test_the_shares_are_by_largest_remainder():
    for shares, answered in (
        (demo.SECTORS, [14, 12, 8, 4, 3]),
        (demo.FUNCTIONS, [18, 8, 7, 4, 4]),
    ):
        exact = [253 * count / 41 for count in answered]
        floors = [int(share) for share in exact]
        rest = sorted(range(5), key=lambda i: (floors[i] - exact[i], i))[
            : 253 - sum(floors)
        ]
        expected = [floor + (i in rest) for i, floor in enumerate(floors)]
        assert sorted(shares.values()) == sorted(expected)


def test_again_makes_nobody_twice_and_leaves_what_staff_changed(loaded):
    one, two, three = Person.objects.order_by("pk")[:3]
    Person.objects.filter(pk=one.pk).update(name="Renamed")
    Person.objects.filter(pk=two.pk).update(email="moved@example.org")
    three.affiliations.update(function="other")
    demo.load()
    assert Person.objects.count() == Affiliation.objects.count() == 253
    assert Person.objects.get(pk=one.pk).name == "Renamed"
    assert three.affiliations.get().function == "other"


def test_who_was_removed_comes_back(loaded):
    Person.objects.order_by("pk").first().delete()
    assert demo.load().endswith("new 1")
    assert Affiliation.objects.filter(person__isnull=False).count() == 253


def test_organisations_have_sectors_parents_and_other_names(loaded):
    assert Organisation.objects.count() == 45
    team = Organisation.objects.get(slug="wimd-team")
    assert team.parent.slug == "statistical-directorate"
    assert "WAG" in Organisation.objects.get(
        slug="welsh-government"
    ).aliases.values_list("name", flat=True)
    assert not Organisation.objects.filter(name_cy="").exists()
    Organisation.objects.filter(pk=team.pk).update(name_en="The team", parent=None)
    demo.load()
    team.refresh_from_db()
    assert (team.name_en, team.parent) == ("The team", None)


def test_loading_needs_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(280):
        demo.load()


def test_the_command_says_what_is_there(db):
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "contacts 253, of them new 253" in out.getvalue()
