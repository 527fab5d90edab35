"""A number is the same in words and in digits, in either language."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletters.checking import number_words
from tests.support import issues

# A busy machine is no failure.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
)
ONES = ["", *f"{ONES} fifteen sixteen seventeen eighteen nineteen".split()]
TENS = [
    "",
    "",
    *["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
]
UN = [[""], ["un"], ["dau", "dwy", "ddau", "ddwy"], ["tri", "tair", "dri", "thair"]]
UN += [["pedwar", "pedair", "bedair"], ["pump", "bump"], ["chwech"], ["saith"]]
UN += [["wyth"], ["naw"]]
DEG = ["", "un deg", "dau ddeg", "tri deg", "pedwar deg", "pum deg", "chwe deg"]
DEG += ["saith deg", "wyth deg", "naw deg"]
CANT = ["", "cant", "dau gant", "tri chant", "pedwar cant", "pum cant", "chwe chant"]
CANT += ["saith cant", "wyth cant", "naw cant"]
NUMBER = st.integers(min_value=2, max_value=999)


def english(number, hyphen, joined):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    small = ONES[rest] if rest < 20 else f"{TENS[tens]}{hyphen}{ONES[ones]}"
    parts = [f"{ONES[hundreds]} hundred" if hundreds else "", small.strip(" -")]
    return joined.join(filter(None, parts))


def welsh(number, pick):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    one = UN[ones][pick % len(UN[ones])]
    joined = " a " if hundreds and rest and not tens else " "
    small = " ".join(filter(None, [DEG[tens], one]))
    return joined.join(filter(None, [CANT[hundreds], small]))


def sure(text, language):
    return number_words.read(text, language).sure


@calmly
@given(
    NUMBER,
    NUMBER,
    st.sampled_from("- "),
    st.sampled_from([" and ", " "]),
    st.integers(0, 9),
)
def test_any_number_is_the_same_in_both_and_no_other(one, other, hyphen, joined, pick):
    said = sure(f"There are {english(one, hyphen, joined)} areas.", "en")
    assert said == [str(one)]
    assert sure(f"Mae {welsh(one, pick)} o ardaloedd.", "cy") == said
    assert (sure(welsh(other, pick), "cy") == said) == (one == other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un ar ddeg", [11]),
        ("tair ar ddeg", [13]),
        ("tair blynedd ar ddeg", [13]),
        ("pymtheg a deunaw", [15, 18]),
        ("dwy ar bymtheg", [17]),
        ("pedwar ar bymtheg ar hugain", [39]),
        ("deugain, hanner cant, trigain", [40, 50, 60]),
        ("deg a thrigain", [70]),
        ("pedwar ugain; un ar ddeg a phedwar ugain", [80, 91]),
        ("ugain mil", [20_000]),
        ("cant ac un", [101]),
        ("rhwng cant a dau gant", [100, 200]),
        ("rhwng mil a dwy fil", [1000, 2000]),
        ("mil naw cant naw deg wyth", [1998]),
        ("dau gan mil", [200_000]),
        ("dau gan y cyngor", [2]),
        ("tair miliwn a dwy fil", [3_002_000]),
        ("yr unfed ganrif ar hugain", [21]),
        ("y bedwaredd ganrif ar bymtheg", [19]),
        ("y pumed tro", [5]),
        ("dau a thri, nid tri-phedwar", [2, 3, 3, 4]),
        ("gan y cant", []),
        ("Dechrau'n Deg, yn deg, ddeg", [10]),
        ("rhywun, pob un", []),
        ("dau\ntri deg", [2, 30]),
    ],
)
def test_welsh(text, found):
    assert sure(text, "cy") == [str(one) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten. Four of them", [10, 4]),
        ("a hundred", [100]),
        ("between one hundred and two hundred", [100, 200]),
        ("two hundred and thirty thousand", [230_000]),
        ("three million", [3_000_000]),
        ("the twenty-first century", [21]),
        ("the fifth time", [5]),
        ("someone is one of them, for a second", []),
        ("hundreds of thousands", []),
    ],
)
def test_english(text, found):
    assert sure(text, "en") == [str(one) for one in found]


def test_per_cent():
    assert sure("ten per cent and five percent", "en") == ["10%", "5%"]
    assert sure("deg y cant a phump y cant", "cy") == ["10%", "5%"]


def parity(en, cy):
    found = issues.found(issues.make(en, cy), "parity")
    return [(one.code, one.level) for one in found]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("en", "cy"),
    [
        ("There are three areas.", "Mae tair ardal."),
        ("There are 3 areas.", "Mae tair ardal."),
        ("There are twenty-three.", "Mae 23."),
        ("£2 million and ten per cent", "dwy filiwn o bunnoedd a 10%"),
        ("One of them", "Y rhain"),
        ("They", "Pob un ohonynt"),
        ("There is 1 area.", "Mae un ardal."),
        ("Both came, and two thirds stayed.", "Daeth y ddau, ac arhosodd dau draean."),
        ("It is two fifths.", "Mae'n ddwy ran o bump."),
        ("One in ten", "Un o bob deg"),
    ],
)
def test_the_same_number_is_no_difference(en, cy):
    assert parity(en, cy) == []


@pytest.mark.django_db
def test_another_number_blocks_and_is_named():
    issue = issues.make("Three of the ten areas", "Pedair o'r deg ardal")
    [finding] = issues.found(issue, "parity")
    assert (finding.code, finding.level) == ("parity.numbers", "block")
    assert "Only in English: 3. Only in Welsh: 4." in finding.sentence


@pytest.mark.django_db
def test_a_word_on_one_side_alone_is_only_worth_a_look():
    assert parity("A few came.", "Daeth dau neu dri.") == [
        ("parity.number_words", "warn")
    ]
    assert parity("In 5 areas", "Mewn ardaloedd") == [("parity.numbers", "block")]
