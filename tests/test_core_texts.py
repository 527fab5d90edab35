"""What is kept of a text: the same when it is kept again, and never a surprise."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engagement.core import digests, texts

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANYTHING)
@example("a\u200b\u0302")
@example(" \u200d ")
@pytest.mark.parametrize("keep", [texts.line, texts.lines, texts.address])
def test_kept_again_it_stays_as_it_is(keep, text):
    try:
        kept = keep(text)
    except texts.Unfit:
        return
    assert keep(kept) == kept


@given(ANYTHING)
def test_a_line_is_one_line(text):
    try:
        kept = texts.line(text)
    except texts.Unfit:
        return
    assert len(kept.splitlines()) <= 1
    assert kept == kept.strip()
    kept.encode()


@given(st.text("abŵŷâïß-.xn", min_size=1, max_size=20))
@example("llŷn.cymru")
@example("xn--lln-k2a.cymru")
def test_each_spelling_of_a_domain_has_one_code(domain):
    try:
        kept = texts.address(f"ann@{domain}")
    except texts.Unfit:
        return
    assert digests.of_address(kept) == digests.of_address(f"Ann@{domain}")
    assert kept == texts.address(digests.normal(kept))


def test_lines_stay_lines():
    assert texts.lines(" A\r\nB\u2028\tC\u200b \n") == " A\nB\n\tC \n"
