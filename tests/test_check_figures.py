# ruff: noqa: RUF001
"""The figure checker: the report's own figures, other ways to write them, and the ways in."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engagement.core import demo
from engagement.evidence import demo as evidence_demo
from engagement.evidence.checker.checking import Status, check
from engagement.evidence.checker.counts import in_digits
from engagement.metrics.words import percent
from tests.support.report_sentences import SENTENCES

URL = "/en/evidence/check/"
WRONG = [
    ("2.6", 8, 41, "20%"),
    ("2.12", 13, 41, "32%"),
    ("2.15", 20, 41, "49%"),
    ("2.30", 24, 28, "86%"),
    ("2.37", 15, 41, "37%"),
]


def wrong_ones(found):
    lines = [one for one in found if one.status == Status.WRONG]
    return [(one.paragraph, one.part, one.base, one.right) for one in lines]


def only(text, *bases):
    [found] = check(text, bases)
    return found.status, found.part, found.base, found.right


def test_of_the_report_the_five_are_wrong_and_no_other():
    found = check(SENTENCES)
    assert wrong_ones(found) == WRONG
    assert [one.printed for one in found if one.status == Status.ROUGH] == [
        "41 responses or just under 20%"
    ]
    assert not [one for one in found if one.status == Status.UNKNOWN]
    assert len(found) == 36


def test_every_count_that_the_report_prints_is_right_with_its_true_share():
    """Of the demonstration data, in a sentence each."""
    figures = demo.read(evidence_demo.__file__, "figures")
    for form in ("{count} of {base} ({share})", "{share} ({count} of {base})"):
        text = "\n\n".join(
            form.format(**one, share=percent(one["count"], one["base"]))
            for one in figures
        )
        found = check(text)
        assert len(found) == len(figures)
        assert {one.status for one in found} == {Status.RIGHT}


@pytest.mark.parametrize(
    "text",
    [
        "14 of 41 (34%)",
        "14 out of the 41 respondents (34 per cent)",
        "Fourteen of the forty-one people asked – 34% – agreed",
        "34 per cent (14 of 41)",
        "34% of them, 14 of 41, agreed",
        "14 of 41 (34.1%)",
        "Base: 41. Of these, fourteen (34%) agreed",
        "Base: 41 respondents. 14, or 34%, agreed",
        "1,400 of 4,100 (34%)",
        "14 allan o 41 (34 y cant)",
        "14 o'r 41 ymatebydd (34%)",
        "pedwar ar ddeg o'r 41 ymatebydd (34 y cant)",
        "un deg pedwar allan o bedwar deg un (34%)",
        "34 y cant (14 o’r 41)",
        "Sail: 41 ymatebydd. Pedwar ar ddeg (34 y cant)",
        "Sail: 41. Cytunodd 14 neu 34%",
    ],
)
def test_a_share_is_read_in_both_languages(text):
    assert check(text)[0].status == Status.RIGHT
    assert len(check(text)) == 1
    worse = text.replace("34.1", "34.2").replace("34%", "35%").replace("34 ", "35 ")
    assert check(worse)[0].status == Status.WRONG
    assert check(worse)[0].right in {"34%", "34.1%"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("14 (34%)", Status.UNKNOWN),
        ("14 of 41 (about 34%)", Status.ROUGH),
        ("14 (bron 34%)", Status.ROUGH),
        ("14 of 4 (34%)", Status.WRONG),
        ("0 of 41 (0%)", Status.RIGHT),
        ("41 of 41 (100%)", Status.RIGHT),
        ("1 of 8 (13%)", Status.RIGHT),
        ("1 of 8 (12%)", Status.WRONG),
        ("1 of 8 (12.5%)", Status.RIGHT),
    ],
)
def test_what_cannot_be_judged_is_not_and_a_half_is_rounded_up(text, status):
    assert check(text)[0].status == status


@pytest.mark.parametrize(
    "text",
    [
        "", "one in four (25%)", "within the 10% most deprived", "red (top 20%)",
        "Figure 2 (34%)", "£15 million (20%)", "in 2011 it rose by 4%", "0 of 0",
        "paragraph 2.14 (20%)", "Yn 2011 (20%) a 0",
    ],
)  # fmt: skip
def test_what_is_no_count_is_left_alone(text):
    assert [one for one in check(text) if one.status == Status.WRONG] == []


def test_a_given_base_is_for_what_states_none():
    assert only("14 (34%)", 41) == (Status.RIGHT, 14, 41, "34%")
    assert only("14 (43%)", 41) == (Status.WRONG, 14, 41, "34%")
    assert only("14 (50%)", 41, 28) == (Status.RIGHT, 14, 28, "50%")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("9 people (5 from councils and 4 others)", "9"),
        ("10 people (5 from councils, 3 from Government and 1 other)", "9"),
        ("5 from councils and 4 others, in all 9", "9"),
        ("5 + 4 + 2 = 12", "11"),
        ("naw o bobl (pump o gynghorau a phedwar arall)", "9"),
        ("sent to 30 addresses. Of these 9 failed, leaving 20", "21"),
    ],
)
def test_parts_are_added_up(text, right):
    [found] = check(text)
    assert found.right == right
    assert (found.status == Status.RIGHT) == (str(found.part) == right)


@given(
    st.integers(0, 3000), st.integers(1, 3000), st.sampled_from([0, 1]), st.booleans()
)
@example(1, 8, 0, False)
@settings(max_examples=60)
def test_any_share_is_right_as_it_is_and_wrong_otherwise(count, base, places, welsh):
    assume(count <= base)
    share = percent(count, base, places=places)
    form = "{} allan o {} ({})" if welsh else "{} of {} ({})"
    assert only(form.format(count, base, share))[:3] == (Status.RIGHT, count, base)
    other = percent(count, base, places=places).replace("%", "")
    other = f"{float(other) + 10**-places:.{places}f}%"
    assert only(form.format(count, base, other))[0] == Status.WRONG


@given(st.text(alphabet="1234 of(),%+=-andneu\n", max_size=200))
@settings(max_examples=60)
def test_any_text_can_be_looked_at(text):
    for one in check(text, [41]):
        assert 1 <= one.line <= text.count("\n") + 1


def test_numbers_in_words_stay_in_their_place():
    text = "Twenty-one of them, un ar bymtheg ohonynt, oneself"
    assert in_digits(text) == "21         of them, 16            ohonynt, oneself"


@pytest.mark.django_db
def test_the_page_lists_what_is_wrong_with_what_is_right(manager_client):
    html = manager_client.post(URL, {"text": SENTENCES}).content.decode()
    assert "Right: 30. Wrong: 5. Rough: 1. Base not known: 0." in html
    table = html.split("<caption>Wrong</caption>")[1].split("</table>")[0]
    for said in ("eight or 19%", "(2.6)", "8 of 41", "20%", "24 of 28", "86%"):
        assert said in table


@pytest.mark.django_db
def test_a_file_and_bases_do_as_well(manager_client):
    file = SimpleUploadedFile("a.txt", "\ufeffPedwar ar ddeg (34%)".encode())
    html = manager_client.post(URL, {"file": file, "bases": "28, 41"}).content.decode()
    assert "14 of 41" in html
    empty = manager_client.post(URL, {"text": "Nothing here."}).content.decode()
    assert "The text has no figures of these kinds." in empty


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": "a", "bases": "41, many"}, "“many” is no whole number above 0."),
        ({"text": "a", "bases": "0"}, "“0” is no whole number above 0."),
        ({"text": "a" * 500_001}, "The text is too long"),
        ({"text": "1 (2%) " * 2001}, "more than 2000 figures"),
        ({"file": SimpleUploadedFile("a.txt", b"\xff\xfe")}, "plain text in UTF-8"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "The file is empty."),
    ],
)
def test_what_cannot_be_checked_is_said(manager_client, fields, said):
    response = manager_client.post(URL, fields)
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.django_db
def test_it_is_for_managers_and_asks_little(
    client, member_client, manager_client, django_assert_max_num_queries
):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403
    with django_assert_max_num_queries(4):
        assert manager_client.post(URL, {"text": SENTENCES}).status_code == 200
    with translation.override("cy"):
        html = manager_client.get("/cy/evidence/check/").content.decode()
    assert "Gwirio ffigurau testun" in html


def test_the_command_ends_with_1_where_a_figure_is_wrong(tmp_path):
    file, out = tmp_path / "report.md", StringIO()
    file.write_text(SENTENCES, encoding="utf-8")
    with pytest.raises(CommandError, match="5 of 36 wrong") as ended:
        call_command("check_figures", file, "--json", stdout=out)
    assert ended.value.returncode == 1
    rows = json.loads(out.getvalue())
    assert [row["right"] for row in rows if row["status"] == "wrong"] == [
        "20%", "32%", "49%", "86%", "37%",
    ]  # fmt: skip
    file.write_text("14 (34%)", encoding="utf-8")
    call_command("check_figures", file, "--base", "41", stdout=out)
    with pytest.raises(CommandError) as ended:
        call_command("check_figures", tmp_path / "missing.txt")
    assert ended.value.returncode == 2
