"""Markdown is read into parts, whatever is typed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsletters.checking import structure

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
    assert read.tables == [(2, 2), (2, 0)]
    assert read.cells == ["12"]
    assert read.footnotes == 1


def test_the_words_have_no_marks_of_notes_in_them():
    text = structure.read(TEXT).text
    assert "Words with a link and bold.\n" in text
    assert "A note." in text
    assert "a | 3" in text
    assert "↩" not in text


@given(st.text(alphabet="ab #*[]()|-\n!`>_^:<1&\\", max_size=120))
@settings(deadline=None)
def test_any_text_can_be_read(text):
    read = structure.read(text)
    assert len(structure.levels(read.headings)) == len(read.headings)


def test_a_deep_nest_of_quotations_can_be_read():
    assert "deep" in structure.read("> " * 2000 + "deep").text
