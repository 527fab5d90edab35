"""What docs/markdown.md says can be typed, can be."""

import re

import pytest
from django.conf import settings

from engagement.core import markup
from tests.support.markup import PICTURES


def examples(name):
    page = (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")
    fences = re.finditer(r"^(`{3,4})\n(.*?)\n\1$", page, re.DOTALL | re.MULTILINE)
    return [found.group(2) for found in fences]


@pytest.mark.parametrize("name", ["markdown.md", "markdown.cy.md"])
def test_the_examples_are_right(name):
    table, notes, picture, chart = (
        markup.render(text, PICTURES) for text in examples(name)
    )
    assert "<caption>" in table
    assert 'id="note-1"' in notes
    assert "<figcaption>" in picture
    assert "<svg" in chart
    assert "notice" not in table + notes + picture + chart
