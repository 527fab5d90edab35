"""A text as plain words, written from the tree."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.core import markup
from engagement.core.markup import parsing
from tests.support import hostile
from tests.support.markup import PICTURES

TAG = r"<[/a-z]+"
# A golden file of everything that can be typed.
TYPED = """\
# The new index

Some **bold** words and [a link](/en/studies/), and
[another](https://example.org/a?b=1&c=2 "title") to [the same](/en/studies/).[^1]
A line that is so long that it has to be broken somewhere near its seventy-second letter.

## Figures

![What it says](picture:map)

* one
    * inside
* two

3. third

    with more

4. fourth

> Said by
> somebody.

    code  <b>

Table: Readers

| Who | People |
|---|---:|
| Councils | 12 |
| Others | 1,300 |

Term
:   What it means

---

<ann@example.org> <https://example.org/><br>
CO<sub>2</sub> &copy; 2026

[^1]: A note with [a link](https://example.org/note).
"""
SHOWN = """\
The new index
=============

Some bold words and a link [1], and another [2] to the same [1]. [note
1] A line that is so long that it has to be broken somewhere near its
seventy-second letter.

Figures
-------

[Picture: A map of Wales]
What it says

* one
  * inside
* two

3. third

   with more

4. fourth

> Said by somebody.

    code  <b>

Readers

Who       People
--------  ------
Councils      12
Others     1,300

Term
    What it means

------------------------------------------------------------------------

ann@example.org https://example.org/
CO2 © 2026

Notes:
1. A note with a link [3].

Links:
[1] http://127.0.0.1:8000/en/studies/
[2] https://example.org/a?b=1&c=2
[3] https://example.org/note"""


def test_everything_that_can_be_typed():
    assert markup.text(TYPED, PICTURES) == SHOWN


def test_lines_are_no_longer_than_72_letters_but_for_addresses():
    address = "https://example.org/" + "a" * 100
    text = markup.text(
        "word " * 60 + f"\n\n* {'item ' * 40}\n\n> {'said ' * 40}\n\n<{address}>"
    )
    assert {line for line in text.split("\n") if len(line) > 72} == {address}


def test_a_table_that_is_too_broad_is_told_row_by_row():
    text = markup.text(f"|A|B|\n|-|-|\n|{'one ' * 15}|{'two ' * 15}|\n|x||")
    assert text == (
        "A: " + " ".join(["one"] * 15) + "\nB: " + " ".join(["two"] * 15) + "\n\nA: x"
    )


def test_a_picture_that_is_not_there_is_told():
    assert markup.text("![x](picture:no)") == "There is no picture called “no”."


def test_what_cannot_be_read_quickly_is_given_as_typed():
    assert markup.text("[" * 2000) == "[" * 2000


@pytest.mark.parametrize("text", hostile.ALL)
def test_it_has_no_tag_that_was_not_typed(text):
    plain = parsing.fit(unescape(unescape(text)))
    typed = set(re.findall(TAG, plain))
    assert set(re.findall(TAG, markup.text(text, PICTURES))) <= typed


@pytest.mark.slow
@given(st.text(st.sampled_from("ab \n*_`[]()!>:|^~#-+=1.\\\"'/\t")))
@settings(max_examples=200, deadline=None)
def test_it_never_has_tags_of_ours(text):
    assert "<" not in markup.text(text)
    assert "&" not in markup.text(text)
