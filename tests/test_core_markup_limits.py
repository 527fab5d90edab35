"""No text keeps the site busy."""

import sys
import time

import pytest

from engagement.core import markup
from engagement.core.markup import limits
from tests.support import hostile

# Of the processor, for all three outputs: the machine may be busy with other tests.
SECONDS = 10


@pytest.mark.slow
@pytest.mark.parametrize("size", [1_000, 8_000, 59_000, 1_000_000])
@pytest.mark.parametrize("name", hostile.BOMBS)
def test_it_is_read_quickly_or_refused(name, size):
    text = hostile.BOMBS[name](size)
    began = time.process_time()
    assert markup.render(text)
    assert markup.mail(text)
    assert isinstance(markup.text(text), str)
    assert time.process_time() - began < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.BOMBS)
def test_what_passes_does_not_go_deep(name):
    """So that the outcome hangs on the text, and not on where it is rendered."""
    text = hostile.BOMBS[name](700)
    if limits.why_not(text):
        return
    deep = sys.getrecursionlimit()
    frames = 0
    frame = sys._getframe()
    while frame := frame.f_back:
        frames += 1
    sys.setrecursionlimit(frames + 600)
    try:
        assert "stand too deep" not in markup.render(text)
    finally:
        sys.setrecursionlimit(deep)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 60_001, "60000 letters"),
        ("a\n" * 2_001, "2000 lines"),
        ("[" * 1_001, "1000 square brackets"),
        ("\\" * 8_001, "8000 of the signs"),
        ("|a" * 100 + "\n" + "|-" * 100 + "\n|a" * 50, "5000 cells"),
        ("fine\n\n" + "> " * 13 + "a", "Line 3: lists and quotations"),
        ("* " * 13 + "a", "Line 1: lists and quotations"),
        ("    " * 12 + "* a", "Line 1: lists and quotations"),
        ("*a **b " * 31, "Signs of emphasis"),
    ],
)
def test_the_limit_is_named(text, words):
    with pytest.raises(markup.TooComplex, match=words):
        markup.check(text)
    assert words in markup.render(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* * * * * * * * * * * * * * * * * *",
        "- " * 40,
        "**bold** and *soft* words. " * 500,
        "file_name_with_parts " * 500,
        "2 * 3 * 4 " * 500,
        "[a](/b) " * 900,
        "|a|b|\n|-|-|\n" + "| **x** | 5* |\n" * 500,
        "* **one** of *many*\n" * 500,
        "    code > with * signs\n" * 100,
    ],
)
def test_what_writers_need_is_not_refused(text):
    markup.check(text)


def test_what_is_refused_is_shown_as_it_was_typed():
    html = markup.render("<b>\n" + "[" * 2_000)
    assert "&lt;b&gt;<br>[[[" in html
    assert html.startswith("<p>The text can have")
