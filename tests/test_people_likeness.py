import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.people.models import Alias, NotTheSame
from engagement.people.services import likeness
from engagement.people.services.likeness import alike, fold
from tests import factories


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân Wyn", "SIAN WYN"),
        ("Wyn, Siân", "Siân Wyn"),
        ("S Wyn", "Siân Wyn"),
        ("Siân Wyn-Jones", "Sian Wynne Jones"),
        ("Llŷr ap Gwilym", "Llyr Ap Gwilym"),
    ],
)
def test_these_may_be_one(one, other):
    assert alike(fold(one), fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contact 012 (synthetic)", "Contact 013 (synthetic)"),
        ("Ann Evans", "Dai Evans"),
        ("A Evans", "Dai Evans"),
        ("Ann", ""),
    ],
)
def test_these_are_two(one, other):
    assert not alike(fold(one), fold(other))


@given(st.text(), st.text())
def test_alike_does_not_depend_on_the_order(one, other):
    assert alike(fold(one), fold(other)) == alike(fold(other), fold(one))
    assert fold(fold(one)) == fold(one)


@pytest.mark.django_db
class TestPairs:
    def test_people_of_one_body_or_one_domain(self):
        body = factories.make_organisation()
        ann = factories.make_person(
            name="Ann Ŵyn", email="a@one.org", organisation=body
        )
        same = factories.make_person(
            name="Wyn Ann", email="b@two.org", organisation=body
        )
        near = factories.make_person(name="A Wyn", email="aw@one.org")
        factories.make_person(name="Ann Wyn", email="c@elsewhere.org")
        assert likeness.pairs_of_people() == [(ann.pk, same.pk), (ann.pk, near.pk)]

    def test_not_who_is_known_to_be_two_or_was_merged(self):
        one, two, three = (
            factories.make_person(name="Ann Wyn", email=f"{n}@one.org") for n in "abc"
        )
        NotTheSame.objects.create(kind="person", one_id=one.pk, other_id=two.pk)
        three.merged_into = one
        three.save()
        assert likeness.pairs_of_people() == []

    def test_a_name_that_everybody_has_is_no_sign(self):
        for number in range(likeness.COMMON + 1):
            factories.make_person(name="Admin", email=f"{number}@one.org")
        assert likeness.pairs_of_people() == []

    def test_bodies_by_any_of_their_names(self):
        one = factories.make_organisation(name_en="Swansea Council")
        two = factories.make_organisation(name_en="City and County of Swansea")
        Alias.objects.create(organisation=two, name="SWANSEA council")
        assert likeness.pairs_of_organisations() == [(one.pk, two.pk)]
