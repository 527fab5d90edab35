"""How sure an entry is follows from its sources."""

from itertools import chain, combinations

import pytest

from engagement.evidence import confidence
from engagement.evidence.models import EvidenceOfUse, Source
from tests.factories import make_use

KINDS = ("account", "second", "document", "outside")
ORDER = list(EvidenceOfUse.Confidence)
# All sixteen, by the initials of who says so.
TABLE = {
    "": "none",
    "a": "reported",
    "s": "reported",
    "as": "corroborated",
    "d": "documented",
    "ad": "documented",
    "sd": "documented",
    "asd": "documented",
    "o": "documented",
    "ao": "verified",
    "so": "verified",
    "do": "verified",
    "aso": "verified",
    "ado": "verified",
    "sdo": "verified",
    "asdo": "verified",
}
SUBSETS = list(chain.from_iterable(combinations(KINDS, n) for n in range(5)))


def test_the_table():
    found = {"".join(k[0] for k in kinds): confidence.level(kinds) for kinds in SUBSETS}
    assert found == TABLE


@pytest.mark.parametrize("kinds", SUBSETS)
def test_one_more_source_never_makes_it_less_sure(kinds):
    before = ORDER.index(confidence.level(kinds))
    for more in KINDS:
        assert ORDER.index(confidence.level([*kinds, more])) >= before


def test_kinds_are_those_of_the_sources():
    assert set(KINDS) == set(Source.Kind.values)
    assert set(confidence.MEANINGS) == set(ORDER)


@pytest.mark.django_db
def test_the_words_of_the_rule(study):
    use = make_use(study, sources=["account", "second"])
    assert confidence.words(use) == (
        "Corroborated by a second person: "
        "Somebody says so, and a second person confirms it."
    )
