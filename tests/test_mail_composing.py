"""Headers that no name, title or address can break, read back as mail programs do."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.mail.services import composing

TEXT = st.text(max_size=150)


def composed(**headers):
    named = {"Message-ID": "<1@example.org>"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return composing.compose(
        headers=named, language="cy", text="Ŵy.\n.\n", html="<p>Ŵy</p>"
    )


def decoded(value):
    return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", value))))


@pytest.mark.slow
@given(TEXT)
def test_any_subject_comes_back_on_one_line_and_makes_no_header(text):
    mail = message_from_bytes(composed(Subject=composing.words(text)))
    assert decoded(mail["Subject"]) == " ".join(text.split())
    assert set(mail.keys()) == {
        *("Message-ID", "Subject", "MIME-Version", "Content-Type", "Content-Language")
    }


@pytest.mark.slow
@given(TEXT)
def test_any_sender_is_one_sender(name):
    mail = message_from_bytes(composed(From=composing.mailbox(name, "a@example.org")))
    folded = re.sub(r"\r\n(?=[ \t])", "", mail["From"])
    ((found, address),) = getaddresses([folded])
    assert address == "a@example.org"
    assert decoded(found) == " ".join(name.split())


@pytest.mark.slow
@settings(deadline=None)
@given(TEXT)
def test_no_line_is_longer_than_mail_allows(text):
    for line in composed(Subject=composing.words(text)).split(b"\r\n"):
        assert len(line) <= 998
        for word in re.findall(rb"=\?utf-8\?.*?\?=", line):
            assert len(word) <= 75


def test_a_long_address_of_a_page_stays_whole():
    link = f"<https://{'long.' * 40}example.org/unsubscribe/x/>"
    assert f"List-Unsubscribe: {link}\r\n".encode() in composed(List_Unsubscribe=link)


def test_a_line_break_in_a_value_is_refused():
    with pytest.raises(ValueError, match="linefeed"):
        composed(To="a@example.org\r\nBcc: eve@example.org")


def test_the_same_mail_is_the_same_bytes():
    assert composed(Subject="One") == composed(Subject="One")


def test_both_parts_and_the_order_of_languages_are_said():
    mail = message_from_bytes(composed(), policy=policy.default)
    assert mail["Content-Language"] == "cy, en"
    assert mail.get_body(("plain",)).get_content() == "Ŵy.\r\n.\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>Ŵy</p>\r\n"
