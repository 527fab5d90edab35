"""Markdown is read into parts, whatever is typed."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletters.checking import structure
from tests.support import issues

TEXT = """# One

Words with [a link](/en/) and **[bold](/cy/)**.[^n]

## Two

| A | B |
| - | - |
| x | 12 |

![A map](picture:map)

```chart
title: T
a | 3
```

[^n]: A note.
"""


def test_each_part_is_found():
    read = structure.read(TEXT)
    assert read.headings == [(1, "One"), (2, "Two")]
    assert structure.levels(read.headings) == [2, 3]
    assert read.links == [("/en/", "a link"), ("/cy/", "bold")]
    assert read.images == [("picture:map", "A map")]
    assert read.tables == [(2, 2), (1, 2)]
    assert read.cells == ["12", "3"]
    assert read.footnotes == 1


def test_the_words_have_no_marks_of_notes_in_them():
    text = structure.read(TEXT).text
    assert "Words with a link and bold.\n" in text
    assert "A note." in text
    assert "T\na\n3" in text
    assert "↩" not in text


@given(st.text(alphabet="ab #*[]()|-\n!`>_^:<1&\\", max_size=120))
@settings(deadline=None)
def test_any_text_can_be_read(text):
    read = structure.read(text)
    assert len(structure.levels(read.headings)) == len(read.headings)


def test_a_deep_nest_of_quotations_can_be_read():
    assert "deep" in structure.read("> " * 2000 + "deep").text


def test_what_a_note_says_and_where_it_leads_is_found():
    read = structure.read("A[^1] and B[^1].\n\n[^1]: See [the 12 data](/en/outputs/).")
    assert read.links == [("/en/outputs/", "the 12 data")]
    assert read.footnotes == 1
    assert read.text == "A and B.\nSee the 12 data."


def test_tags_that_are_typed_are_words_as_on_the_page():
    read = structure.read("<a href='https://x.example.org'>x</a>\n\n<h2>y</h2>")
    assert (read.links, read.headings) == ([], [])


def test_what_cannot_be_shown_is_told_in_the_language_of_the_page():
    broken = "```chart\ntitle: T\nmany\n```"
    with translation.override("cy"):
        [welsh] = structure.read(broken).faults
    [english] = structure.read(broken).faults
    assert "Line 3" in english
    assert welsh != english
    assert structure.read("> " * 2000).faults


@pytest.mark.django_db
def test_a_chart_that_cannot_be_drawn_blocks():
    broken = "Words.\n\n```chart\ntitle: T\nmany\n```"
    found = issues.found(issues.make(broken, broken), "text.fault")
    assert [(one.level, one.place.language) for one in found] == [
        ("block", "en"),
        ("block", "cy"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("en", "cy"),
    [
        ("```chart\ntitle: A\na | 30\n```", "```chart\ntitle: B\nb | 31\n```"),
        ("A[^1].\n\n[^1]: In 30", "A[^1].\n\n[^1]: Yn 31"),
        ("![30 areas](picture:map)", "![31 ardal](picture:map)"),
        ("|A|B|\n|-|-|\n|x|30|\n\nTable: C", "|A|B|\n|-|-|\n|x|31|\n\nTabl: C"),
    ],
)
def test_numbers_in_every_part_are_compared(en, cy):
    [finding] = issues.found(issues.make(en, cy), "parity")
    assert "Only in English: 30. Only in Welsh: 31." in finding.sentence


@pytest.mark.django_db
def test_small_numbers_in_a_chart_are_seen():
    chart = "```chart\ntitle: A\na | 3\n```"
    assert len(issues.found(issues.make(chart, chart), "small.cells")) == 2
