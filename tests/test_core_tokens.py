from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from engagement.core import tokens


@given(st.one_of(st.text(max_size=40), st.integers(), st.lists(st.text(max_size=5))))
@examples(max_examples=40, deadline=None)
def test_gives_back_what_went_in(value):
    token = tokens.make("test", value)
    assert tokens.read("test", token) == value
    assert not set(token) & set("/?#& ")


@pytest.mark.parametrize("secret", ["one", "another"])
def test_is_signed_as_django_signs(secret, settings):
    settings.SECRET_KEY = secret
    with time_machine.travel("2026-03-02", tick=False):
        signer = signing.TimestampSigner(salt="dolen.test")
        assert tokens.make("test", ["x", 1]) == signer.sign_object(["x", 1])


def test_is_for_one_scope_only():
    with pytest.raises(tokens.BadToken):
        tokens.read("other", tokens.make("test", 1))


@given(st.integers(min_value=0), st.characters())
@examples(max_examples=60, deadline=None)
def test_one_changed_character_spoils_it(place, character):
    token = tokens.make("test", "who")
    place %= len(token)
    changed = token[:place] + character + token[place + 1 :]
    if changed != token:
        with pytest.raises(tokens.BadToken):
            tokens.read("test", changed)


@pytest.mark.parametrize("token", ["", ":", "a:b:c", "\U0001f4a9", "\x00", "a" * 5000])
def test_nonsense_is_refused(token):
    with pytest.raises(tokens.BadToken, match="not valid"):
        tokens.read("test", token)


def test_runs_out():
    with time_machine.travel("2026-03-01 12:00", tick=False):
        token = tokens.make("test", 1)
    with time_machine.travel("2026-03-02 11:59", tick=False):
        assert tokens.read("test", token) == 1
    with time_machine.travel("2026-03-02 12:01", tick=False):
        with pytest.raises(tokens.BadToken):
            tokens.read("test", token)
        assert tokens.read("test", token, max_age=timedelta(days=2)) == 1
